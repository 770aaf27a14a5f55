#include "inventory.hpp"

#include <algorithm>
#include <tuple>

#include "hub/members.hpp"
#include "json_parts.hpp"
#include "purl.hpp"

namespace dockerhub::scout {
namespace {

using hub::array_member;
using hub::member;
using hub::text_member;

Package read_package(const sdk::Value& value) {
  Package package;
  package.purl = text_member(value, "purl");
  const Purl purl = parse_purl(package.purl);
  package.name = text_member(value, "name");
  package.version = text_member(value, "version");
  package.type = text_member(value, "type");
  if (package.name.empty()) package.name = purl.name;
  if (package.version.empty()) package.version = purl.version;
  if (package.type.empty()) package.type = purl.type;
  package.licenses = texts_member(value, "licenses");
  return package;
}

void read_score(const sdk::Value& value, Finding& finding) {
  if (const sdk::Value* cvss = member(value, "cvss")) {
    finding.severity = severity_of(text_member(*cvss, "severity")).value_or(Severity::unspecified);
    finding.vector = text_member(*cvss, "vector");
    finding.score = number_member(*cvss, "score");
  }
  if (const sdk::Value* epss = member(value, "epss")) {
    finding.epss_score = number_member(*epss, "score");
    finding.epss_percentile = number_member(*epss, "percentile");
  }
}

Finding read_finding(const sdk::Value& value, const Package& package) {
  Finding finding;
  finding.cve = text_member(value, "sourceId");
  finding.source = text_member(value, "source");
  finding.url = text_member(value, "url");
  finding.package = package.name;
  finding.version = package.version;
  finding.type = package.type;
  finding.purl = package.purl;
  finding.fixed_by = text_member(value, "fixedBy");
  finding.vulnerable_range = text_member(value, "vulnerableRange");
  finding.published_at = text_member(value, "publishedAt");
  finding.cisa_exploited = flag_member(value, "cisaExploited");
  finding.excepted = flag_member(value, "isExcepted");
  if (const sdk::Value* cwes = array_member(value, "cwes")) {
    for (const sdk::Value& cwe : cwes->GetArray())
      finding.cwes.emplace_back(text_member(cwe, "cweId"));
  }
  read_score(value, finding);
  // "not fixed" is Docker Scout's way to say that there is none.
  if (finding.fixed_by == "not fixed") finding.fixed_by.clear();
  return finding;
}

void add_findings(const sdk::Value& owner, const Package& package, std::vector<Finding>& findings) {
  const sdk::Value* list = array_member(owner, "vulnerabilities");
  if (list == nullptr) return;
  for (const sdk::Value& value : list->GetArray()) {
    if (value.IsObject()) findings.push_back(read_finding(value, package));
  }
}

}  // namespace

Inventory read_image_packages(const sdk::Value& answer) {
  Inventory inventory;
  inventory.source = "graphql";
  inventory.digest = text_member(answer, "digest");
  inventory.sbom_state = text_member(answer, "sbomState");
  const sdk::Value* image = member(answer, "imagePackages");
  const sdk::Value* packages = image == nullptr ? nullptr : array_member(*image, "packages");
  if (packages == nullptr) return inventory;
  inventory.is_conclusive = inventory.sbom_state == "INDEXED";
  for (const sdk::Value& entry : packages->GetArray()) {
    const sdk::Value* value = member(entry, "package");
    if (value == nullptr || !value->IsObject()) continue;
    inventory.packages.push_back(read_package(*value));
    add_findings(*value, inventory.packages.back(), inventory.findings);
  }
  sort_findings(inventory.findings);
  return inventory;
}

void add_package_vulnerabilities(const sdk::Value& items, std::vector<Finding>& findings) {
  if (!items.IsArray()) return;
  for (const sdk::Value& item : items.GetArray()) {
    if (item.IsObject()) add_findings(item, read_package(item), findings);
  }
}

void sort_findings(std::vector<Finding>& findings) {
  const auto key = [](const Finding& one) {
    return std::tuple(one.severity, -one.score.value_or(0.0), std::string_view(one.cve),
                      std::string_view(one.purl));
  };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace dockerhub::scout
