#include "inventory.hpp"

#include <gmock/gmock.h>

#include "findings.hpp"
#include "row.hpp"
#include "totals.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;
using test::json;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kAnswer = R"({
  "digest": "sha256:aa", "sbomState": "INDEXED", "imagePackages": {"packages": [
    {"package": {"purl": "pkg:apk/alpine/zlib@1.3", "name": "zlib", "version": "1.3", "type": "apk",
      "licenses": ["Zlib"], "vulnerabilities": [
        {"sourceId": "CVE-1", "source": "nist", "url": "https://x", "fixedBy": "1.4",
         "cisaExploited": true, "isExcepted": false, "publishedAt": "2024-01-01T00:00:00Z",
         "cvss": {"severity": "HIGH", "score": 7.5, "vector": "V"}, "cwes": [{"cweId": "CWE-1"}],
         "epss": {"score": 0.5, "percentile": 0.9}},
        {"sourceId": "CVE-2", "cvss": {"severity": "CRITICAL", "score": 9.8}}]}},
    {"package": {"purl": "pkg:apk/alpine/musl@1.2", "type": "apk", "vulnerabilities": [
        {"sourceId": "CVE-1", "fixedBy": "not fixed", "cvss": {"severity": "GHASTLY"}},
        {"sourceId": "CVE-3", "cvss": {"severity": null, "score": null}}]}}]}})";

TEST(ImagePackages, BecomeOneRowForEachVulnerabilityInEachPackageTheWorstFirst) {
  const Inventory inventory = read_image_packages(json(kAnswer));
  EXPECT_TRUE(inventory.is_conclusive);
  EXPECT_EQ(inventory.packages.size(), 2U);
  std::vector<std::string> seen;
  for (const Finding& one : inventory.findings) seen.push_back(one.cve + " " + one.package);
  EXPECT_THAT(seen, ElementsAre("CVE-2 zlib", "CVE-1 zlib", "CVE-1 musl", "CVE-3 musl"));
}

TEST(ImagePackages, KeepWhatIsKnownOfAVulnerability) {
  const Finding one = read_image_packages(json(kAnswer)).findings.at(1);
  EXPECT_EQ(one.fixed_by, "1.4");
  EXPECT_EQ(one.version, "1.3");
  EXPECT_TRUE(one.cisa_exploited);
  EXPECT_EQ(one.score, 7.5);
  EXPECT_EQ(one.epss_score, 0.5);
  EXPECT_THAT(one.cwes, ElementsAre("CWE-1"));
}

TEST(ImagePackages, TakeNamesFromTheUrlAndUnknownWordsForUnspecified) {
  const Inventory inventory = read_image_packages(json(kAnswer));
  const Finding& one = inventory.findings.at(2);
  EXPECT_EQ(one.package, "musl");
  EXPECT_EQ(one.version, "1.2");
  EXPECT_EQ(one.severity, Severity::unspecified);
  EXPECT_EQ(one.fixed_by, "");
}

TEST(ImagePackages, OfAStrangeAnswerAreNone) {
  for (const char* text :
       {"{}", "[]", "null", "1", R"({"imagePackages":[]})",
        R"({"imagePackages":{"packages":[1,{}]}})",
        R"({"imagePackages":{"packages":[{"package":{"vulnerabilities":[1,"x",null]}}]}})"}) {
    EXPECT_THAT(read_image_packages(json(text)).findings, IsEmpty()) << text;
    EXPECT_FALSE(read_image_packages(json(text)).is_conclusive);
  }
}

TEST(ImagePackages, AreNoProofOfAbsenceBeforeTheImageIsIndexed) {
  for (const char* state : {"INDEXING", "INDEXING_FAILED", "INDEXING_UNAVAILABLE", "NONE", "NEW"}) {
    const std::string text = R"({"sbomState":")" + std::string(state) + R"("})";
    EXPECT_FALSE(read_image_packages(json(text)).is_conclusive) << state;
  }
}

TEST(PackageVulnerabilities, AreRowsOfTheirUrl) {
  std::vector<Finding> findings;
  add_package_vulnerabilities(
      json(
          R"([{"purl":"pkg:npm/a@1","vulnerabilities":[{"sourceId":"CVE-9"}]},{"purl":"pkg:npm/b@2"},7])"),
      findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].package, "a");
  EXPECT_EQ(findings[0].type, "npm");
}

TEST(Totals, CountAVulnerabilityOnceWithItsWorstSeverity) {
  const Totals totals = count({finding("CVE-1", Severity::low, "pkg:apk/a/x@1"),
                               finding("CVE-1", Severity::high, "pkg:apk/a/y@1"),
                               finding("CVE-2", Severity::low, "pkg:apk/a/x@1")});
  EXPECT_EQ(totals.json().text(),
            R"({"critical":0,"high":1,"medium":0,"low":1,"unspecified":0,"total":2})");
  EXPECT_EQ(difference(totals, count({})).text(),
            R"({"critical":0,"high":-1,"medium":0,"low":-1,"unspecified":0,"total":-2})");
}

TEST(Row, IsReadBackAsItWasWritten) {
  const Finding one = read_image_packages(json(kAnswer)).findings.at(1);
  const auto again = finding_in(test::parsed(row_of(one)));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->cve, one.cve);
  EXPECT_EQ(again->severity, one.severity);
  EXPECT_EQ(again->purl, one.purl);
  EXPECT_EQ(again->fixed_by, one.fixed_by);
  EXPECT_EQ(again->score, one.score);
  EXPECT_EQ(again->cisa_exploited, one.cisa_exploited);
  EXPECT_FALSE(finding_in(json(R"({"cve":"CVE-1","severity":"ghastly"})")));
  EXPECT_FALSE(finding_in(json("[]")));
}

}  // namespace
}  // namespace dockerhub::scout
