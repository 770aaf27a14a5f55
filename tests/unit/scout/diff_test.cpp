#include "diff.hpp"

#include <gmock/gmock.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;
using testing::ElementsAre;
using testing::IsEmpty;

Inventory inventory(std::vector<Finding> findings, const std::vector<std::string>& purls = {}) {
  Inventory one;
  one.findings = std::move(findings);
  for (const std::string& purl : purls) {
    const std::size_t at = purl.rfind('@');
    one.packages.push_back({purl, purl.substr(0, at), purl.substr(at + 1), "apk", {}});
  }
  return one;
}

std::vector<std::string> names(const std::vector<Finding>& findings) {
  std::vector<std::string> all;
  for (const Finding& one : findings) all.push_back(one.cve + " " + one.purl);
  return all;
}

TEST(Diff, TellsWhatIsFixedAndWhatIsNew) {
  const Diff result = diff(inventory({finding("CVE-1", Severity::high, "pkg:apk/a/x@1"),
                                      finding("CVE-2", Severity::low, "pkg:apk/a/x@1")}),
                           inventory({finding("CVE-2", Severity::low, "pkg:apk/a/x@2"),
                                      finding("CVE-3", Severity::low, "pkg:apk/a/x@2")}));
  EXPECT_THAT(names(result.fixed), ElementsAre("CVE-1 pkg:apk/a/x@1"));
  EXPECT_THAT(names(result.introduced), ElementsAre("CVE-3 pkg:apk/a/x@2"));
  EXPECT_EQ(result.unchanged, 1U);
}

TEST(Diff, TellsTheSameVulnerabilityOfAnotherPackageApart) {
  const Diff result = diff(inventory({finding("CVE-1", Severity::high, "pkg:apk/a/x@1")}),
                           inventory({finding("CVE-1", Severity::high, "pkg:apk/a/y@1")}));
  EXPECT_EQ(result.fixed.size(), 1U);
  EXPECT_EQ(result.introduced.size(), 1U);
  EXPECT_EQ(result.unchanged, 0U);
}

TEST(Diff, TellsAVulnerabilityInTwoVersionsOfAPackageOnce) {
  const Diff result = diff(inventory({finding("CVE-1", Severity::high, "pkg:npm/x@1"),
                                      finding("CVE-1", Severity::high, "pkg:npm/x@2")}),
                           inventory({}));
  EXPECT_EQ(result.fixed.size(), 1U);
}

TEST(Diff, CallsNothingNewThatOnlyTheFilterSeesNow) {
  Finding likely = finding("CVE-1", Severity::high, "pkg:apk/a/x@1");
  likely.epss_score = 0.5;
  const Inventory before = inventory({finding("CVE-1", Severity::high, "pkg:apk/a/x@1"),
                                      finding("CVE-2", Severity::high, "pkg:apk/a/x@1"),
                                      finding("CVE-3", Severity::high, "pkg:apk/a/x@1")});
  const Inventory after = inventory({likely, finding("CVE-2", Severity::high, "pkg:apk/a/x@2", "3"),
                                     finding("CVE-4", Severity::high, "pkg:apk/a/x@2", "3")});
  Filter filter;
  filter.epss_above = 0.1;
  const Diff scored = diff(before, after, {filter});
  EXPECT_THAT(scored.introduced, IsEmpty());
  EXPECT_THAT(scored.fixed, IsEmpty()) << "CVE-3 has no score that is above";
  EXPECT_EQ(scored.unchanged, 1U);
  filter = Filter();
  filter.fixable = true;
  const Diff fixable = diff(before, after, {filter});
  EXPECT_THAT(names(fixable.introduced), ElementsAre("CVE-4 pkg:apk/a/x@2"));
  EXPECT_EQ(fixable.unchanged, 1U);
  EXPECT_THAT(names(diff(before, after).fixed), ElementsAre("CVE-3 pkg:apk/a/x@1"));
}

TEST(Diff, TellsPackagesThatCameWentOrChanged) {
  const Diff result =
      diff(inventory({}, {"pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/b@2", "pkg:npm/c@1"}),
           inventory({}, {"pkg:npm/b@2", "pkg:npm/c@1", "pkg:npm/d@1"}));
  ASSERT_EQ(result.packages.size(), 3U);
  EXPECT_EQ(result.packages[0].purl, "pkg:npm/a");
  EXPECT_THAT(result.packages[0].target_versions, IsEmpty());
  EXPECT_THAT(result.packages[1].base_versions, ElementsAre("1", "2"));
  EXPECT_THAT(result.packages[1].target_versions, ElementsAre("2"));
  EXPECT_THAT(result.packages[2].base_versions, IsEmpty());
}

TEST(Diff, SaysNothingOfPackagesThatASideDoesNotKnow) {
  Inventory unknown = inventory({});
  unknown.knows_packages = false;
  EXPECT_THAT(diff(unknown, inventory({}, {"pkg:npm/a@1"})).packages, IsEmpty());
}

}  // namespace
}  // namespace dockerhub::scout
