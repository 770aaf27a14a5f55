#include "baseline.hpp"

#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "hub/members.hpp"
#include "inventory.hpp"
#include "json_parts.hpp"
#include "row.hpp"

namespace dockerhub::scout {
namespace {

sdk::Json head_of(const sdk::Value& data) {
  constexpr std::array<const char*, 5> kNames = {"repository", "reference", "digest",
                                                 "index_digest", "platform"};
  sdk::Json head = sdk::Json::raw("{}");
  for (const char* name : kNames) {
    const sdk::Value* value = hub::member(data, name);
    head = with(head, {{name, value}});
  }
  return head;
}

// What was looked up from an image's own SBOM stays that. An answer without the member is told by its envelope.
std::string_view source_of(const sdk::Value& saved, const sdk::Value& data) {
  constexpr std::string_view kDerived = "derived";
  const bool is_derived =
      hub::text_member(saved, "source") == kDerived || hub::text_member(data, "source") == kDerived;
  return is_derived ? kDerived : "baseline";
}

}  // namespace

std::optional<Baseline> read_baseline(const sdk::Value& saved) {
  const sdk::Value* inner = hub::member(saved, "data");
  const sdk::Value& data = inner == nullptr ? saved : *inner;
  const sdk::Value* rows = hub::array_member(data, "cves");
  const sdk::Value* filters = hub::member(data, "filters");
  const auto count = number_member(data, "count");
  // What was cut off by max_items would look fixed.
  if (rows == nullptr || filters == nullptr || !count || *count != rows->Size())
    return std::nullopt;
  Baseline baseline;
  baseline.filter = Filter::of(*filters);
  baseline.head = head_of(data);
  baseline.inventory.digest = hub::text_member(data, "digest");
  baseline.inventory.sbom_state = hub::text_member(data, "sbom_state");
  baseline.inventory.source = source_of(saved, data);
  baseline.inventory.observed_at = hub::text_member(data, "observed_at");
  baseline.inventory.is_conclusive = flag_member(data, "conclusive");
  baseline.inventory.knows_packages = false;
  for (const sdk::Value& row : rows->GetArray()) {
    auto finding = finding_in(row);
    if (!finding) return std::nullopt;
    baseline.inventory.findings.push_back(*std::move(finding));
  }
  sort_findings(baseline.inventory.findings);
  return baseline;
}

void take_scores(std::vector<Finding>& saved, const std::vector<Finding>& today) {
  std::map<std::string_view, double> scores;
  for (const Finding& finding : today) {
    if (finding.epss_score) scores.emplace(finding.cve, *finding.epss_score);
  }
  for (Finding& finding : saved) {
    const auto score = scores.find(finding.cve);
    if (!finding.epss_score && score != scores.end()) finding.epss_score = score->second;
  }
}

}  // namespace dockerhub::scout
