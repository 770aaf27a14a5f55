#include "documents.hpp"

#include <gmock/gmock.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::json;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Spdx, NamesPackagesByTheirUrls) {
  const auto packages = packages_in(json(R"({"spdxVersion":"SPDX-2.3","packages":[
    {"name":"zlib","versionInfo":"1.3","licenseDeclared":"NOASSERTION","licenseConcluded":"Zlib",
     "externalRefs":[{"referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a"},
                     {"referenceType":"purl","referenceLocator":"pkg:apk/alpine/zlib@1.3"}]},
    {"name":"twice","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:apk/alpine/zlib@1.3"}]},
    {"name":"without"}, 7]})"));
  ASSERT_EQ(packages.size(), 1U);
  EXPECT_EQ(packages[0].purl, "pkg:apk/alpine/zlib@1.3");
  EXPECT_EQ(packages[0].type, "apk");
  EXPECT_THAT(packages[0].licenses, ElementsAre("Zlib"));
}

TEST(CycloneDx, NamesComponentsWithinComponents) {
  const auto document = json(R"({"bomFormat":"CycloneDX","components":[
    {"purl":"pkg:npm/a@1","licenses":[{"license":{"id":"MIT"}},{"license":{"name":"Own"}}],
     "components":[{"purl":"pkg:npm/b@2","licenses":[{"expression":"MIT OR GPL-2.0-only"}]}]}]})");
  EXPECT_EQ(format_of(document), SbomFormat::cyclonedx);
  const auto packages = packages_in(document);
  ASSERT_EQ(packages.size(), 2U);
  EXPECT_EQ(packages[0].name, "a");
  EXPECT_EQ(packages[0].version, "1");
  EXPECT_THAT(packages[0].licenses, ElementsAre("MIT", "Own"));
  EXPECT_THAT(packages[1].licenses, ElementsAre("MIT OR GPL-2.0-only"));
}

TEST(Document, OfAnotherKindHasNoFormatAndNoPackages) {
  for (const char* text :
       {"{}", "[]", R"({"packages":{}})", R"({"bomFormat":"other","components":1})"}) {
    EXPECT_EQ(format_of(json(text)), SbomFormat::other);
    EXPECT_THAT(packages_in(json(text)), IsEmpty());
  }
}

TEST(DerivedSpdx, SaysThatItIsDerivedAndIsReadBack) {
  const std::vector<Package> packages = {{"pkg:npm/a@1", "a", "1", "npm", {"MIT"}}};
  const auto document =
      test::parsed(spdx_of(packages, "acme/app:1.0", "sha256:aa", "2026-01-01T00:00:00Z"));
  EXPECT_EQ(format_of(document), SbomFormat::spdx);
  EXPECT_THAT(std::string(sdk::view(document["comment"])), testing::HasSubstr("Derived"));
  const auto again = packages_in(document);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].purl, "pkg:npm/a@1");
  EXPECT_THAT(again[0].licenses, ElementsAre("MIT"));
}

}  // namespace
}  // namespace dockerhub::scout
