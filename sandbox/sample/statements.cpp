#include "sample/statements.hpp"

#include <array>
#include <vector>

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kBuilt = "2024-01-01T00:00:00Z";

struct Package {
  std::string_view name, version, license;
};
constexpr std::array<Package, 3> kPackages = {{{"busybox", "1.36.1-r2", "GPL-2.0-only"},
                                               {"musl", "1.2.4-r2", "MIT"},
                                               {"zlib", "1.3.1-r0", "Zlib"}}};

JsonText package_json(const Package& package) {
  const std::string url =
      "pkg:apk/alpine/" + std::string(package.name) + '@' + std::string(package.version);
  return JsonText::object(
      {{"name", package.name},
       {"SPDXID", "SPDXRef-Package-" + std::string(package.name)},
       {"versionInfo", package.version},
       {"downloadLocation", "NOASSERTION"},
       {"licenseConcluded", package.license},
       {"licenseDeclared", package.license},
       {"copyrightText", "NOASSERTION"},
       {"externalRefs", JsonText::array({JsonText::object({{"referenceCategory", "PACKAGE-MANAGER"},
                                                           {"referenceType", "purl"},
                                                           {"referenceLocator", url}})})}});
}

std::string statement(const std::string& repository, std::string_view digest,
                      std::string_view predicate_type, const JsonText& predicate) {
  const std::string_view hex = digest.substr(digest.find(':') + 1);
  const JsonText subject = JsonText::object({{"name", "pkg:docker/" + repository + "@latest"},
                                             {"digest", JsonText::object({{"sha256", hex}})}});
  return JsonText::object({{"_type", "https://in-toto.io/Statement/v0.1"},
                           {"predicateType", predicate_type},
                           {"subject", JsonText::array({subject})},
                           {"predicate", predicate}})
      .text();
}

}  // namespace

JsonText spdx_document(std::string_view name) {
  std::vector<JsonText> packages;
  packages.reserve(kPackages.size());
  for (const Package& package : kPackages) packages.push_back(package_json(package));
  return JsonText::object(
      {{"spdxVersion", "SPDX-2.3"},
       {"dataLicense", "CC0-1.0"},
       {"SPDXID", "SPDXRef-DOCUMENT"},
       {"name", name},
       {"documentNamespace", "https://example.invalid/spdx/" + std::string(name)},
       {"creationInfo",
        JsonText::object(
            {{"created", kBuilt}, {"creators", JsonText::array({"Tool: dockerhub-sandbox"})}})},
       {"packages", JsonText::array(packages)}});
}

std::string spdx_statement(const std::string& repository, std::string_view digest) {
  return statement(repository, digest, kSpdxPredicate, spdx_document(repository));
}

std::string slsa_statement(const std::string& repository, std::string_view digest) {
  const JsonText predicate = JsonText::object(
      {{"builder", JsonText::object({{"id", "https://example.invalid/dockerhub-sandbox"}})},
       {"buildType", "https://mobyproject.org/buildkit@v1"},
       {"materials", JsonText::array({})},
       {"invocation", JsonText::object({{"configSource", JsonText::object({})}})},
       {"metadata", JsonText::object({{"buildStartedOn", kBuilt}, {"buildFinishedOn", kBuilt}})}});
  return statement(repository, digest, kSlsaPredicate, predicate);
}

}  // namespace dockerhub::sandbox
