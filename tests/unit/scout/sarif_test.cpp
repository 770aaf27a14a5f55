#include "sarif.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;

// What SARIF 2.1.0 requires, and what code-scanning pages read.
TEST(Sarif, HasARuleForEachVulnerabilityAndAResultForEachPackage) {
  Finding scored = finding("CVE-1", Severity::critical, "pkg:apk/a/x@1", "2");
  scored.score = 9.81;
  scored.url = "https://example.com/CVE-1";
  const auto log = test::parsed(sarif_of({scored, finding("CVE-1", Severity::low, "pkg:apk/a/y@1"),
                                          finding("CVE-2", Severity::medium, "pkg:apk/a/y@1")},
                                         "acme/app:1.0", "sha256:aa"));
  EXPECT_EQ(sdk::view(log["version"]), "2.1.0");
  const auto& run = log["runs"][0];
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.Size(), 2U);
  EXPECT_EQ(sdk::view(rules[0]["properties"]["security-severity"]), "9.8");
  EXPECT_EQ(sdk::view(rules[0]["helpUri"]), "https://example.com/CVE-1");
  EXPECT_FALSE(rules[1].HasMember("helpUri"));
  const auto& results = run["results"];
  ASSERT_EQ(results.Size(), 3U);
  EXPECT_EQ(sdk::view(results[0]["level"]), "error");
  EXPECT_EQ(sdk::view(results[1]["level"]), "note");
  EXPECT_EQ(sdk::view(results[2]["level"]), "warning");
  EXPECT_EQ(results[2]["ruleIndex"].GetInt(), 1);
  EXPECT_EQ(sdk::view(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            "acme/app:1.0");
  EXPECT_FALSE(results[0]["message"]["text"] == results[1]["message"]["text"]);
}

TEST(Sarif, OfNothingIsALogWithoutResults) {
  const auto log = test::parsed(sarif_of({}, "acme/app:1.0", "sha256:aa"));
  EXPECT_EQ(log["runs"][0]["results"].Size(), 0U);
}

}  // namespace
}  // namespace dockerhub::scout
