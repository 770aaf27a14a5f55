#include "policy.hpp"

#include <algorithm>
#include <array>

#include "hub/members.hpp"
#include "json_parts.hpp"

namespace dockerhub::scout {
namespace {

struct TypeName {
  std::string_view graphql, ours;
};
constexpr std::array<TypeName, 4> kTypes = {{{"ScVulnerabilityPolicy", "vulnerability"},
                                             {"ScLicencePolicy", "license"},
                                             {"ScBooleanPolicy", "boolean"},
                                             {"ScGenericPolicy", "generic"}}};

std::string type_of(std::string_view graphql) {
  for (const TypeName& type : kTypes) {
    if (type.graphql == graphql) return std::string(type.ours);
  }
  return std::string(graphql);
}

void read_result(const sdk::Value& value, PolicyResult& result) {
  const auto number = number_member(value, "deviationCount");
  const sdk::Value* flag = hub::member(value, "hasDeviation");
  const bool is_told = number || (flag != nullptr && flag->IsBool());
  if (!is_told) return;
  const bool deviates = number ? *number > 0 : flag->GetBool();
  result.verdict = deviates ? Verdict::failed : Verdict::passed;
  result.is_stale = flag_member(value, "isStale");
  result.reason = hub::text_member(value, "statusLabel");
  const sdk::Value* deviations = hub::array_member(value, "deviations");
  if (deviations == nullptr) return;
  for (const sdk::Value& deviation : deviations->GetArray())
    result.deviations.emplace_back(deviation);
}

PolicyResult read_policy(const sdk::Value& value) {
  PolicyResult result;
  const std::string_view configured = hub::text_member(value, "configurationName");
  result.id = configured.empty() ? hub::text_member(value, "definitionName") : configured;
  const std::string_view shown = hub::text_member(value, "displayName");
  result.name = shown.empty() ? std::string_view(result.id) : shown;
  result.type = type_of(hub::text_member(value, "__typename"));
  const sdk::Value* current = hub::member(value, "currentResult");
  if (flag_member(value, "evaluated") && current != nullptr) {
    read_result(*current, result);
  } else {
    result.reason = "Docker Scout has not evaluated it";
  }
  return result;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"passed", "failed", "unknown"};
  return kNames[static_cast<std::size_t>(verdict)];
}

sdk::Json PolicyResult::json() const {
  constexpr std::size_t kMost = 100;
  const std::vector<sdk::Json> shown(
      deviations.begin(),
      deviations.begin() + static_cast<std::ptrdiff_t>(std::min(kMost, deviations.size())));
  return {{"id", id},
          {"name", name},
          {"type", type},
          {"status", verdict_name(verdict)},
          {"reason", text_or_null(reason)},
          {"deviation_count", deviations.size()},
          {"deviations", sdk::Json::array(shown)},
          {"weight", weight},
          {"stale", is_stale}};
}

Verdict verdict_of(const std::vector<PolicyResult>& results) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(results.begin(), results.end(),
                       [&](const PolicyResult& result) { return result.verdict == verdict; });
  };
  if (any(Verdict::failed)) return Verdict::failed;
  return results.empty() || any(Verdict::unknown) ? Verdict::unknown : Verdict::passed;
}

double Score::health() const {
  constexpr double kWhole = 100.0;
  return kWhole * passed / total;
}

char Score::grade() const {
  struct Bound {
    double above;
    char grade;
  };
  constexpr std::array<Bound, 5> kBounds = {
      {{90, 'A'}, {70, 'B'}, {50, 'C'}, {30, 'D'}, {10, 'E'}}};
  const double reached = health();
  for (const Bound& bound : kBounds) {
    if (reached > bound.above) return bound.grade;
  }
  return 'F';
}

std::optional<Score> score_of(const std::vector<PolicyResult>& results) {
  Score score;
  for (const PolicyResult& result : results) {
    score.total += result.weight;
    if (result.verdict == Verdict::passed) score.passed += result.weight;
  }
  if (score.total == 0) return std::nullopt;
  return score;
}

sdk::Json json_of(const std::optional<Score>& score) {
  if (!score) return nullptr;
  return {{"health", score->health()},
          {"grade", std::string(1, score->grade())},
          {"passed_weight", score->passed},
          {"total_weight", score->total}};
}

std::vector<PolicyResult> read_policies(const sdk::Value& image) {
  std::vector<PolicyResult> results;
  const sdk::Value* policies = hub::array_member(image, "policies");
  if (policies == nullptr) return results;
  for (const sdk::Value& policy : policies->GetArray()) results.push_back(read_policy(policy));
  return results;
}

}  // namespace dockerhub::scout
