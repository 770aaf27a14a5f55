#include "documents.hpp"

#include <array>
#include <set>
#include <string>

#include "hub/members.hpp"
#include "purl.hpp"

namespace dockerhub::scout {
namespace {

using hub::array_member;
using hub::text_member;

// An expression like "MIT OR GPL-2.0-only" is kept as one text; what says nothing is left out.
void add_license(std::string_view license, Package& package) {
  const bool says_nothing = license.empty() || license == "NOASSERTION" || license == "NONE";
  if (!says_nothing) package.licenses.emplace_back(license);
}

Package package_of(std::string_view purl, std::string_view name, std::string_view version) {
  const Purl parts = parse_purl(purl);
  Package package;
  package.purl = purl;
  package.type = parts.type;
  package.name = name.empty() ? std::string_view(parts.name) : name;
  package.version = version.empty() ? std::string_view(parts.version) : version;
  return package;
}

std::string_view purl_of_spdx(const sdk::Value& package) {
  const sdk::Value* references = array_member(package, "externalRefs");
  if (references == nullptr) return {};
  for (const sdk::Value& reference : references->GetArray()) {
    if (text_member(reference, "referenceType") == "purl")
      return text_member(reference, "referenceLocator");
  }
  return {};
}

Package of_spdx(const sdk::Value& value) {
  Package package = package_of(purl_of_spdx(value), text_member(value, "name"),
                               text_member(value, "versionInfo"));
  add_license(text_member(value, "licenseDeclared"), package);
  if (package.licenses.empty()) add_license(text_member(value, "licenseConcluded"), package);
  return package;
}

Package of_cyclonedx(const sdk::Value& value) {
  Package package = package_of(text_member(value, "purl"), text_member(value, "name"),
                               text_member(value, "version"));
  const sdk::Value* licenses = array_member(value, "licenses");
  if (licenses == nullptr) return package;
  for (const sdk::Value& choice : licenses->GetArray()) {
    add_license(text_member(choice, "expression"), package);
    const sdk::Value* license = hub::member(choice, "license");
    if (license == nullptr) continue;
    const std::string_view id = text_member(*license, "id");
    add_license(id.empty() ? text_member(*license, "name") : id, package);
  }
  return package;
}

class Collector {
 public:
  void add(Package package) {
    if (!package.purl.empty() && known_.insert(package.purl).second)
      packages_.push_back(std::move(package));
  }
  // CycloneDX nests components.
  void add_components(const sdk::Value& owner, int depth) {
    constexpr int kMostDepth = 16;
    const sdk::Value* components = array_member(owner, "components");
    if (components == nullptr || depth == kMostDepth) return;
    for (const sdk::Value& component : components->GetArray()) {
      add(of_cyclonedx(component));
      add_components(component, depth + 1);
    }
  }
  std::vector<Package> take() { return std::move(packages_); }

 private:
  std::set<std::string> known_;
  std::vector<Package> packages_;
};

std::string joined(const std::vector<std::string>& licenses) {
  std::string text;
  for (const std::string& license : licenses)
    text.append(text.empty() ? "" : " AND ").append(license);
  return text.empty() ? "NOASSERTION" : text;
}

sdk::Json spdx_package(const Package& package, std::size_t number) {
  const sdk::Json reference = {{"referenceCategory", "PACKAGE-MANAGER"},
                               {"referenceType", "purl"},
                               {"referenceLocator", package.purl}};
  return {{"name", package.name},
          {"SPDXID", "SPDXRef-Package-" + std::to_string(number)},
          {"versionInfo", package.version},
          {"downloadLocation", "NOASSERTION"},
          {"filesAnalyzed", false},
          {"licenseConcluded", "NOASSERTION"},
          {"licenseDeclared", joined(package.licenses)},
          {"copyrightText", "NOASSERTION"},
          {"externalRefs", sdk::Json::array({reference})}};
}

}  // namespace

SbomFormat format_of(const sdk::Value& document) {
  if (!text_member(document, "spdxVersion").empty()) return SbomFormat::spdx;
  return text_member(document, "bomFormat") == "CycloneDX" ? SbomFormat::cyclonedx
                                                           : SbomFormat::other;
}

std::string_view format_name(SbomFormat format) {
  constexpr std::array<std::string_view, 3> kNames = {"spdx", "cyclonedx", "other"};
  return kNames[static_cast<std::size_t>(format)];
}

std::vector<Package> packages_in(const sdk::Value& document) {
  Collector collector;
  collector.add_components(document, 0);
  if (const sdk::Value* packages = array_member(document, "packages")) {
    for (const sdk::Value& package : packages->GetArray()) collector.add(of_spdx(package));
  }
  return collector.take();
}

sdk::Json spdx_of(const std::vector<Package>& packages, std::string_view image,
                  std::string_view digest, std::string_view created) {
  std::vector<sdk::Json> all, described;
  for (const Package& package : packages) {
    all.push_back(spdx_package(package, all.size() + 1));
    described.emplace_back("SPDXRef-Package-" + std::to_string(all.size()));
  }
  return {{"spdxVersion", "SPDX-2.3"},
          {"dataLicense", "CC0-1.0"},
          {"SPDXID", "SPDXRef-DOCUMENT"},
          {"name", image},
          {"documentNamespace",
           "https://docker.com/derived/" + std::string(digest.substr(digest.find(':') + 1))},
          {"comment", "Derived from the list of packages that Docker Scout has of " +
                          std::string(digest) + "; no document that somebody stored or signed."},
          {"creationInfo",
           {{"created", created},
            {"creators", sdk::Json::array({sdk::Json("Tool: dockerhub hub_scout")})}}},
          {"documentDescribes", sdk::Json::array(described)},
          {"packages", sdk::Json::array(all)}};
}

}  // namespace dockerhub::scout
