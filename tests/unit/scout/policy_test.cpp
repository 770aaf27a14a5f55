#include "policy.hpp"

#include <gmock/gmock.h>

#include "findings.hpp"
#include "local_policy.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;
using test::json;

PolicyResult result(Verdict verdict, int weight = 10) {
  PolicyResult one;
  one.verdict = verdict;
  one.weight = weight;
  return one;
}

TEST(Score, IsThePassedPartOfTheWholeWeight) {
  const auto score =
      score_of({result(Verdict::passed, 30), result(Verdict::failed), result(Verdict::unknown)});
  ASSERT_TRUE(score);
  EXPECT_DOUBLE_EQ(score->health(), 60.0);
  EXPECT_EQ(score->grade(), 'C');
}

TEST(Score, HasGradesStrictlyAboveTheirBounds) {
  const auto grade = [](int passed) { return Score{passed, 100}.grade(); };
  EXPECT_EQ(grade(100), 'A');
  EXPECT_EQ(grade(91), 'A');
  EXPECT_EQ(grade(90), 'B');
  EXPECT_EQ(grade(71), 'B');
  EXPECT_EQ(grade(70), 'C');
  EXPECT_EQ(grade(50), 'D');
  EXPECT_EQ(grade(30), 'E');
  EXPECT_EQ(grade(10), 'F');
  EXPECT_EQ(grade(0), 'F');
}

TEST(Score, IsNoneWithoutPoliciesThatCount) {
  EXPECT_FALSE(score_of({}));
  EXPECT_FALSE(score_of({result(Verdict::passed, 0)}));
  EXPECT_EQ(json_of(std::nullopt).text(), "null");
}

TEST(Outcome, IsFailedBeforeItIsUnknown) {
  EXPECT_EQ(verdict_of({result(Verdict::unknown), result(Verdict::failed)}), Verdict::failed);
  EXPECT_EQ(verdict_of({result(Verdict::passed), result(Verdict::unknown)}), Verdict::unknown);
  EXPECT_EQ(verdict_of({result(Verdict::passed)}), Verdict::passed);
  EXPECT_EQ(verdict_of({}), Verdict::unknown);
}

TEST(ServicePolicies, AreUnknownUnlessTheyWereEvaluated) {
  const auto results = read_policies(json(R"({"policies":[
    {"__typename":"ScVulnerabilityPolicy","definitionName":"d","configurationName":"c","displayName":"D",
     "evaluated":true,"currentResult":{"deviationCount":2,"isStale":true,"deviations":[{"id":"1"},{"id":"2"}]}},
    {"__typename":"ScBooleanPolicy","definitionName":"b","configurationName":"","evaluated":true,
     "currentResult":{"hasDeviation":false}},
    {"__typename":"ScLicencePolicy","definitionName":"l","evaluated":false,"currentResult":{"deviationCount":0}},
    {"__typename":"ScNewPolicy","definitionName":"n","evaluated":true,"currentResult":null},
    {"__typename":"ScNewPolicy","definitionName":"m","evaluated":true,"currentResult":{"other":1}}]})"));
  ASSERT_EQ(results.size(), 5U);
  EXPECT_EQ(results[0].id, "c");
  EXPECT_EQ(results[0].type, "vulnerability");
  EXPECT_EQ(results[0].verdict, Verdict::failed);
  EXPECT_TRUE(results[0].is_stale);
  EXPECT_EQ(results[1].id, "b");
  EXPECT_EQ(results[1].verdict, Verdict::passed);
  for (std::size_t i = 2; i < 5; ++i) EXPECT_EQ(results[i].verdict, Verdict::unknown) << i;
}

// One policy, evaluated over `facts`.
PolicyResult evaluated(std::string_view id, const PolicyFacts& facts,
                       const std::string& settings = "{}") {
  const auto all = json(R"({")" + std::string(id) + R"(":)" + settings + "}");
  EXPECT_EQ(problem_with(all), std::nullopt);
  for (PolicyResult& one : evaluate(facts, all)) {
    if (one.id == id) return one;
  }
  ADD_FAILURE() << "no policy " << id;
  return {};
}

Verdict verdict(std::string_view id, const Inventory& content, const std::string& settings = "{}") {
  PolicyFacts facts;
  facts.content = &content;
  facts.today = "2026-03-01";
  return evaluated(id, facts, settings).verdict;
}

Inventory with(Finding one) {
  Inventory content;
  content.findings.push_back(std::move(one));
  return content;
}

TEST(LocalPolicies, AreUnknownWithoutFacts) {
  const auto results = evaluate({}, json("{}"));
  EXPECT_EQ(results.size(), 7U);
  for (const PolicyResult& one : results) {
    EXPECT_EQ(one.verdict, Verdict::unknown) << one.id;
    EXPECT_NE(one.reason, "") << one.id;
  }
}

TEST(LocalPolicies, AreLeftOutWithoutWeight) {
  const auto results = evaluate({}, json(R"({"copyleft-license":{"weight":0}})"));
  EXPECT_EQ(results.size(), 6U);
}

TEST(FixableVulnerabilities, AreCriticalOrHighOnesWithAFix) {
  constexpr const char* kId = "fixable-vulnerabilities";
  const Inventory fixable = with(finding("C", Severity::high, "pkg:apk/a/x@1", "2"));
  EXPECT_EQ(verdict(kId, {}), Verdict::passed);
  EXPECT_EQ(verdict(kId, fixable), Verdict::failed);
  EXPECT_EQ(verdict(kId, fixable, R"({"severities":["CRITICAL"]})"), Verdict::passed);
  EXPECT_EQ(verdict(kId, fixable, R"({"package_types":["npm"]})"), Verdict::passed);
  const Inventory unfixable = with(finding("C", Severity::high, "pkg:apk/a/x@1"));
  EXPECT_EQ(verdict(kId, unfixable), Verdict::passed);
  EXPECT_EQ(verdict(kId, unfixable, R"({"fixable_only":false})"), Verdict::failed);
  Finding excepted = fixable.findings[0];
  excepted.excepted = true;
  EXPECT_EQ(verdict(kId, with(excepted)), Verdict::passed);
}

TEST(FixableVulnerabilities, HaveAGracePeriod) {
  Finding one = finding("C", Severity::high, "pkg:apk/a/x@1", "2");
  one.published_at = "2026-02-20T00:00:00Z";  // 9 days before
  constexpr const char* kId = "fixable-vulnerabilities";
  EXPECT_EQ(verdict(kId, with(one), R"({"grace_period_days":9})"), Verdict::passed);
  EXPECT_EQ(verdict(kId, with(one), R"({"grace_period_days":8})"), Verdict::failed);
  one.published_at = "long ago";
  EXPECT_EQ(verdict(kId, with(one), R"({"grace_period_days":9000})"), Verdict::failed);
}

TEST(HighProfileVulnerabilities, AreListedOrExploited) {
  constexpr const char* kId = "high-profile-vulnerabilities";
  EXPECT_EQ(verdict(kId, with(finding("CVE-2021-44228", Severity::low, "pkg:maven/a/b@1"))),
            Verdict::failed);
  EXPECT_EQ(verdict(kId, with(finding("CVE-2021-44228", Severity::low, "pkg:maven/a/b@1")),
                    R"({"ignored_cves":["CVE-2021-44228"]})"),
            Verdict::passed);
  Finding exploited = finding("CVE-1", Severity::low, "pkg:maven/a/b@1");
  EXPECT_EQ(verdict(kId, with(exploited)), Verdict::passed);
  exploited.cisa_exploited = true;
  EXPECT_EQ(verdict(kId, with(exploited)), Verdict::failed);
  EXPECT_EQ(verdict(kId, with(exploited), R"({"include_cisa_kev":false})"), Verdict::passed);
}

TEST(CopyleftLicense, IsFoundInExpressionsByItsWords) {
  const auto licensed = [](const char* license, const std::string& settings = "{}") {
    Inventory content;
    content.packages = {{"pkg:apk/a/x@1", "x", "1", "apk", {license}}};
    return verdict("copyleft-license", content, settings);
  };
  for (const char* license :
       {"GPL-2.0-only", "AGPL-3.0", "MIT OR LGPL-2.1-or-later", "(MPL-2.0)", "GPLv3", "gpl",
        "LicenseRef-GPL", "LicenseRef-AGPL-3", "MIT AND DocumentRef-x:LicenseRef-GPL-2.0"}) {
    EXPECT_EQ(licensed(license), Verdict::failed) << license;
  }
  for (const char* license : {"MIT", "BSD-3-Clause", "Apache-2.0", "GPLX", ""}) {
    EXPECT_EQ(licensed(license), Verdict::passed) << license;
  }
  EXPECT_EQ(licensed("LGPL-2.1", R"({"licenses":["GPL"]})"), Verdict::passed);
  EXPECT_EQ(licensed("LicenseRef-LGPL", R"({"licenses":["GPL"]})"), Verdict::passed);
  EXPECT_EQ(licensed("GPL-2.0", R"({"ignored_packages":["pkg:apk/a/x"]})"), Verdict::passed);
}

TEST(SupplyChainAttestations, AreAnSbomAndAProvenance) {
  constexpr const char* kId = "supply-chain-attestations";
  PolicyFacts facts;
  facts.predicate_types = {{"https://spdx.dev/Document", "https://slsa.dev/provenance/v0.2"}};
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::passed);
  facts.predicate_types->pop_back();
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::failed);
  EXPECT_EQ(evaluated(kId, facts, R"({"required_attestations":["https://spdx.dev/"]})").verdict,
            Verdict::passed);
}

TEST(SupplyChainAttestations, AreUnknownWhereThereMayBeMore) {
  constexpr const char* kId = "supply-chain-attestations";
  PolicyFacts facts;
  facts.predicate_types = {{"https://spdx.dev/Document"}};
  facts.knows_all_attached = false;
  const PolicyResult half = evaluated(kId, facts);
  EXPECT_EQ(half.verdict, Verdict::unknown);
  EXPECT_TRUE(half.deviations.empty());
  facts.predicate_types->push_back("https://slsa.dev/provenance/v1");
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::passed);
}

TEST(DefaultNonRootUser, IsSetAndNotRoot) {
  PolicyFacts facts;
  for (const char* user : {"", "root", "0", "0:0", "root:wheel"}) {
    facts.user = user;
    EXPECT_EQ(evaluated("default-non-root-user", facts).verdict, Verdict::failed) << user;
  }
  for (const char* user : {"app", "1000", "1000:0", "00x"}) {
    facts.user = user;
    EXPECT_EQ(evaluated("default-non-root-user", facts).verdict, Verdict::passed) << user;
  }
}

TEST(BaseImages, AreThoseThatAProvenanceNames) {
  for (
      const char* provenance :
      {R"({"materials":[{"uri":"pkg:docker/library/alpine@3.20?platform=x","digest":{"sha256":"aa"}},{"uri":"https://x"}]})",
       R"({"buildDefinition":{"resolvedDependencies":[{"uri":"pkg:docker/library/alpine@3.20","digest":{"sha256":"aa"}}]}})"}) {
    const auto bases = base_images_in(json(provenance));
    ASSERT_EQ(bases.size(), 1U) << provenance;
    EXPECT_EQ(bases[0].name, "library/alpine:3.20");
    EXPECT_EQ(bases[0].digest, "sha256:aa");
  }
}

TEST(BaseImages, AreApprovedByGlobs) {
  PolicyFacts facts;
  facts.base_images = {{{"library/alpine:3.20", "sha256:aa", "sha256:aa"}}};
  constexpr const char* kId = "approved-base-images";
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::passed);
  EXPECT_EQ(evaluated(kId, facts, R"({"allowed_base_images":["library/*:3.*"]})").verdict,
            Verdict::passed);
  EXPECT_EQ(evaluated(kId, facts, R"({"allowed_base_images":["acme/*","alpine*"]})").verdict,
            Verdict::failed);
}

TEST(BaseImages, AreStaleWhenTheirTagNamesAnother) {
  PolicyFacts facts;
  constexpr const char* kId = "no-stale-base-images";
  facts.base_images = {{{"a", "sha256:aa", "sha256:aa"}}};
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::passed);
  facts.base_images->push_back({"b", "sha256:bb", ""});
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::unknown);
  facts.base_images->push_back({"c", "sha256:cc", "sha256:dd"});
  EXPECT_EQ(evaluated(kId, facts).verdict, Verdict::failed);
}

TEST(PolicySettings, AreCheckedBeforeTheyAreUsed) {
  for (const char* wrong :
       {R"({"no-such-policy":{}})", R"({"copyleft-license":[]})",
        R"({"copyleft-license":{"licences":[]}})", R"({"copyleft-license":{"licenses":"GPL"}})",
        R"({"copyleft-license":{"licenses":[1]}})", R"({"copyleft-license":{"":[]}})",
        R"({"fixable-vulnerabilities":{"severities":["ghastly"]}})",
        R"({"fixable-vulnerabilities":{"fixable_only":1}})",
        R"({"fixable-vulnerabilities":{"weight":-1}})",
        R"({"fixable-vulnerabilities":{"grace_period_days":1.5}})"}) {
    EXPECT_TRUE(problem_with(json(wrong))) << wrong;
  }
  EXPECT_THAT(*problem_with(json(R"({"x":{}})")), testing::HasSubstr("copyleft-license"));
}

}  // namespace
}  // namespace dockerhub::scout
