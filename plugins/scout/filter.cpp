#include "filter.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "hub/members.hpp"
#include "hub/names.hpp"
#include "json_parts.hpp"

namespace dockerhub::scout {
namespace {

// "critical,high"
std::set<Severity> severities_in(std::string_view text) {
  std::set<Severity> found;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (const auto severity = severity_of(text.substr(0, comma))) found.insert(*severity);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return found;
}

std::string joined(const std::set<Severity>& severities) {
  std::string text;
  for (const Severity severity : severities)
    text.append(text.empty() ? "" : ",").append(severity_name(severity));
  return text;
}

}  // namespace

Filter Filter::of(const sdk::Value& parameters) {
  Filter filter;
  filter.severities = severities_in(hub::text_member(parameters, "severity"));
  for (const std::string& type : texts_member(parameters, "package_type"))
    filter.types.insert(hub::folded(type));
  filter.fixable = flag_member(parameters, "fixable");
  filter.cisa_exploited = flag_member(parameters, "cisa_exploited");
  filter.include_excepted = flag_member(parameters, "include_excepted");
  filter.epss_above = number_member(parameters, "epss_above");
  return filter;
}

sdk::Json Filter::json() const {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    const auto put = [&](std::string_view name, bool value) {
      if (!value) return;
      sdk::put_key(json, name);
      json.Bool(true);
    };
    json.StartObject();
    if (!severities.empty()) {
      sdk::put_key(json, "severity");
      sdk::put(json, joined(severities));
    }
    if (!types.empty()) {
      sdk::put_key(json, "package_type");
      json.StartArray();
      for (const std::string& type : types) sdk::put(json, type);
      json.EndArray();
    }
    put("fixable", fixable);
    put("cisa_exploited", cisa_exploited);
    put("include_excepted", include_excepted);
    if (epss_above) {
      sdk::put_key(json, "epss_above");
      json.Double(*epss_above);
    }
    json.EndObject();
  });
}

Filter Filter::lasting() const {
  Filter filter = *this;
  filter.fixable = false;
  filter.epss_above.reset();
  return filter;
}

bool Filter::matches(const Finding& finding) const {
  if (!severities.empty() && severities.count(finding.severity) == 0) return false;
  if (!types.empty() && types.count(hub::folded(finding.type)) == 0) return false;
  if (fixable && finding.fixed_by.empty()) return false;
  if (cisa_exploited && !finding.cisa_exploited) return false;
  if (epss_above && finding.epss_score.value_or(0.0) <= *epss_above) return false;
  return include_excepted || !finding.excepted;
}

std::vector<Finding> Filter::select(const std::vector<Finding>& findings) const {
  std::vector<Finding> chosen;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(chosen),
               [&](const Finding& finding) { return matches(finding); });
  return chosen;
}

std::vector<Finding> select(const std::vector<Filter>& filters, std::vector<Finding> findings) {
  for (const Filter& filter : filters) findings = filter.select(findings);
  return findings;
}

}  // namespace dockerhub::scout
