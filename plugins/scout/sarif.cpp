#include "sarif.hpp"

#include <array>
#include <map>
#include <string>

#include "json_parts.hpp"

namespace dockerhub::scout {
namespace {

// "error", "warning", "note": section 3.27.10; a score where the vulnerability has none of its own.
struct Level {
  std::string_view name, score;
};
constexpr std::array<Level, kSeverities> kLevels = {
    {{"error", "9.5"}, {"error", "8.0"}, {"warning", "5.5"}, {"note", "2.0"}, {"note", "0.0"}}};

const Level& level_of(const Finding& finding) {
  return kLevels[static_cast<std::size_t>(finding.severity)];
}

std::string score_text(const Finding& finding) {
  if (!finding.score) return std::string(level_of(finding).score);
  std::string text = std::to_string(*finding.score);
  return text.erase(text.find('.') + 2);
}

sdk::Json text_object(std::string_view text) {
  return {{"text", text}};
}

sdk::Json rule_of(const Finding& finding) {
  const std::string severity(severity_name(finding.severity));
  const sdk::Json rule = {
      {"id", finding.cve},
      {"name", "Vulnerability"},
      {"shortDescription", text_object(finding.cve + " in " + finding.package)},
      {"fullDescription", text_object(finding.cve + " (" + severity + ") in " + finding.package)},
      {"help", text_object(finding.url.empty() ? finding.cve : finding.url)},
      {"properties",
       {{"security-severity", score_text(finding)},
        {"tags", sdk::Json::array(
                     {sdk::Json("security"), sdk::Json("vulnerability"), sdk::Json(severity)})}}}};
  return finding.url.starts_with("https://") ? with(rule, {{"helpUri", finding.url}}) : rule;
}

std::string message_of(const Finding& finding) {
  std::string text = finding.cve + " (" + std::string(severity_name(finding.severity)) + ") in " +
                     finding.package + " " + finding.version + ": ";
  return text +
         (finding.fixed_by.empty() ? "no fix is known." : "fixed by " + finding.fixed_by + ".");
}

// A relative reference must not begin like a scheme, as "registry:5000" would (RFC 3986, section 4.2).
std::string uri_of(std::string_view image) {
  const bool has_port = image.substr(0, image.find('/')).find(':') != std::string_view::npos;
  return (has_port ? "docker://" : "") + std::string(image);
}

struct Rules {
  std::vector<sdk::Json> rules;
  std::map<std::string_view, std::size_t> places;
};

Rules rules_of(const std::vector<Finding>& findings) {
  Rules all;
  for (const Finding& finding : findings) {
    if (all.places.emplace(finding.cve, all.rules.size()).second)
      all.rules.push_back(rule_of(finding));
  }
  return all;
}

sdk::Json result_of(const Finding& finding, std::size_t rule, std::string_view image) {
  const sdk::Json location = {
      {"physicalLocation",
       {{"artifactLocation", {{"uri", uri_of(image)}}}, {"region", {{"startLine", 1}}}}},
      {"logicalLocations",
       sdk::Json::array({sdk::Json{{"fullyQualifiedName", finding.purl}, {"kind", "package"}}})}};
  return {{"ruleId", finding.cve},
          {"ruleIndex", rule},
          {"level", level_of(finding).name},
          {"message", text_object(message_of(finding))},
          {"locations", sdk::Json::array({location})},
          {"partialFingerprints", {{"cveAndPackage/v1", finding.cve + " " + finding.purl}}}};
}

}  // namespace

sdk::Json sarif_of(const std::vector<Finding>& findings, std::string_view image,
                   std::string_view digest) {
  const Rules rules = rules_of(findings);
  std::vector<sdk::Json> results;
  results.reserve(findings.size());
  for (const Finding& finding : findings)
    results.push_back(result_of(finding, rules.places.at(finding.cve), image));
  const sdk::Json driver = {{"name", "dockerhub hub_scout"},
                            {"rules", sdk::Json::array(rules.rules)}};
  const sdk::Json run = {{"tool", {{"driver", driver}}},
                         {"properties", {{"image", image}, {"digest", digest}}},
                         {"results", sdk::Json::array(results)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", sdk::Json::array({run})}};
}

}  // namespace dockerhub::scout
