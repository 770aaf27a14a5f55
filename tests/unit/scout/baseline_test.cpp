#include "baseline.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::json;

const std::string kData =
    R"({"repository":"acme/app","digest":"sha256:aa","sbom_state":"INDEXED","conclusive":true,"count":1,)"
    R"("filters":{"fixable":true},"cves":[{"cve":"CVE-1","severity":"high","purl":"pkg:npm/a@1"}]})";

TEST(Baseline, IsTheDataOfACallOrItsEnvelope) {
  for (const std::string& saved : {kData, R"({"status_code":200,"data":)" + kData + "}"}) {
    const auto baseline = read_baseline(json(saved));
    ASSERT_TRUE(baseline) << saved;
    EXPECT_TRUE(baseline->inventory.is_conclusive);
    EXPECT_EQ(baseline->inventory.findings.at(0).cve, "CVE-1");
    EXPECT_FALSE(baseline->inventory.knows_packages);
    EXPECT_TRUE(baseline->filter.fixable);
  }
}

TEST(Baseline, IsNoProofWhereTheImageWasNotIndexed) {
  const auto baseline = read_baseline(
      json(R"({"sbom_state":"INDEXING","conclusive":false,"count":0,"filters":{},"cves":[]})"));
  ASSERT_TRUE(baseline);
  EXPECT_FALSE(baseline->inventory.is_conclusive);
}

TEST(Baseline, SaysThatItWasLookedUpFromAnSbom) {
  constexpr const char* kLookedUp = R"({"sbom_state":"INDEXED","conclusive":true,"count":0,)"
                                    R"("filters":{},"cves":[],"source":"derived"})";
  EXPECT_EQ(read_baseline(json(kLookedUp)).value().inventory.source, "derived");
  const std::string envelope = R"({"source":"derived","data":)" + kData + "}";
  EXPECT_EQ(read_baseline(json(envelope)).value().inventory.source, "derived");
  EXPECT_EQ(read_baseline(json(kData)).value().inventory.source, "baseline");
}

TEST(Baseline, TakesTheScoresOfTodayWhereItHasNone) {
  std::vector<Finding> saved = {test::finding("CVE-1", Severity::high, "pkg:npm/a@1"),
                                test::finding("CVE-2", Severity::high, "pkg:npm/a@1")};
  saved[1].epss_score = 0.25;
  std::vector<Finding> today = saved;
  today[0].epss_score = 0.5;
  today[1].epss_score = 0.75;
  take_scores(saved, today);
  EXPECT_EQ(saved[0].epss_score, 0.5);
  EXPECT_EQ(saved[1].epss_score, 0.25);
}

TEST(Baseline, IsNoneWhereRowsAreMissingOrAreNone) {
  for (const char* saved : {"{}", "[]", R"({"cves":[],"filters":{}})",
                            R"({"cves":[],"count":1,"filters":{}})", R"({"cves":[],"count":0})",
                            R"({"cves":[{}],"count":1,"filters":{}})", R"({"data":{"cves":1}})"}) {
    EXPECT_FALSE(read_baseline(json(saved))) << saved;
  }
}

}  // namespace
}  // namespace dockerhub::scout
