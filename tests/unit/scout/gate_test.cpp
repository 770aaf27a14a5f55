#include "gate.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::finding;

const std::vector<Finding> kFindings = {finding("CVE-1", Severity::critical, "pkg:apk/a/x@1"),
                                        finding("CVE-2", Severity::medium, "pkg:apk/a/x@1", "2"),
                                        finding("CVE-2", Severity::medium, "pkg:apk/a/y@1", "2")};

TEST(Gate, IsMetByThisSeverityAndWorseOnes) {
  EXPECT_EQ(Gate({"critical"}).met_by(kFindings), "1 vulnerability that is critical: CVE-1.");
  EXPECT_EQ(Gate({"high"}).met_by(kFindings), "1 vulnerability that is high or worse: CVE-1.");
  EXPECT_EQ(Gate({"low", "critical"}).met_by(kFindings),
            "2 vulnerabilities that are low or worse: CVE-1, CVE-2.");
}

TEST(Gate, LooksOnlyAtWhatCanBeFixedWhereItSaysSo) {
  EXPECT_FALSE(Gate({"critical", "fixable"}).met_by(kFindings));
  EXPECT_TRUE(Gate({"medium", "fixable"}).met_by(kFindings));
  EXPECT_TRUE(Gate({"fixable"}).met_by(kFindings));
}

TEST(Gate, IsMetByAnything) {
  EXPECT_TRUE(Gate({"any"}).met_by({finding("C", Severity::unspecified, "pkg:a/b")}));
  EXPECT_FALSE(Gate({"any"}).met_by({}));
}

TEST(Gate, IsNoConditionWithoutWords) {
  EXPECT_FALSE(Gate({}).is_set());
  EXPECT_FALSE(Gate({}).met_by(kFindings));
}

TEST(Gate, PassesOverWhatIsExcepted) {
  Finding excepted = kFindings[0];
  excepted.excepted = true;
  EXPECT_FALSE(Gate({"any"}).met_by({excepted}));
}

}  // namespace
}  // namespace dockerhub::scout
