#include "filter.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;
using test::json;

const Finding kPlain = finding("CVE-1", Severity::high, "pkg:apk/a/x@1");

bool matches(const char* parameters, const Finding& one) {
  return Filter::of(json(parameters)).matches(one);
}

TEST(Filter, LeavesOutNothingButWhatIsExcepted) {
  EXPECT_TRUE(matches("{}", kPlain));
  Finding excepted = kPlain;
  excepted.excepted = true;
  EXPECT_FALSE(matches("{}", excepted));
  EXPECT_TRUE(matches(R"({"include_excepted":true})", excepted));
}

TEST(Filter, ChoosesBySeverity) {
  EXPECT_TRUE(matches(R"({"severity":"critical,HIGH"})", kPlain));
  EXPECT_FALSE(matches(R"({"severity":"critical"})", kPlain));
}

TEST(Filter, ChoosesWhatCanBeFixed) {
  EXPECT_FALSE(matches(R"({"fixable":true})", kPlain));
  EXPECT_TRUE(matches(R"({"fixable":true})", finding("C", Severity::low, "pkg:a/b", "2")));
}

TEST(Filter, ChoosesByPackageType) {
  EXPECT_TRUE(matches(R"({"package_type":["APK"]})", kPlain));
  EXPECT_FALSE(matches(R"({"package_type":["npm","deb"]})", kPlain));
}

TEST(Filter, ChoosesWhatIsExploited) {
  Finding exploited = kPlain;
  exploited.cisa_exploited = true;
  EXPECT_FALSE(matches(R"({"cisa_exploited":true})", kPlain));
  EXPECT_TRUE(matches(R"({"cisa_exploited":true})", exploited));
}

TEST(Filter, ChoosesWhatIsAboveABoundOfEpss) {
  Finding likely = kPlain;
  likely.epss_score = 0.5;
  EXPECT_TRUE(matches(R"({"epss_above":0.4})", likely));
  EXPECT_FALSE(matches(R"({"epss_above":0.5})", likely)) << "above, not at";
  EXPECT_FALSE(matches(R"({"epss_above":0})", kPlain)) << "without a score";
}

TEST(Filter, LastsWithoutScoresAndFixes) {
  const Filter filter =
      Filter::of(json(R"({"severity":"high","fixable":true,"epss_above":0.4})")).lasting();
  EXPECT_EQ(filter.json().text(), R"({"severity":"high"})");
}

TEST(Filter, IsReadBackAsItWasWritten) {
  const char* parameters =
      R"({"severity":"critical,low","package_type":["apk"],"fixable":true,"cisa_exploited":true,)"
      R"("include_excepted":true,"epss_above":0.25})";
  const sdk::Json written = Filter::of(json(parameters)).json();
  EXPECT_EQ(written.text(), parameters);
  EXPECT_EQ(Filter::of(test::parsed(written)).json().text(), written.text());
  EXPECT_EQ(Filter().json().text(), "{}");
}

}  // namespace
}  // namespace dockerhub::scout
