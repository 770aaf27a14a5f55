#include "exporter.hpp"

#include <gtest/gtest.h>

namespace dockerhub::scout {
namespace {

constexpr std::string_view kMetrics = R"(# HELP scout_stream_vulnerabilities Vulnerabilities
# TYPE scout_stream_vulnerabilities gauge
scout_stream_vulnerabilities{streamName="latest-indexed",severity="critical"} 17
scout_policy_compliant_images{id="p",displayName="No \"root\", please",streamName="latest-indexed"} 3
scout_policy_evaluated_images{id="p",displayName="No \"root\", please",streamName="latest-indexed"} 4 1700000000
)";

TEST(Exporter, TellsPoliciesByStream) {
  const auto rows = policy_rows(read_samples(kMetrics));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(
      rows[0].text(),
      R"({"id":"p","name":"No \"root\", please","stream":"latest-indexed","compliant":3,"total":4})");
}

TEST(Exporter, TellsVulnerabilitiesByStream) {
  EXPECT_EQ(stream_vulnerabilities(read_samples(kMetrics)).text(),
            R"({"latest-indexed":{"critical":17}})");
}

TEST(Exporter, PassesOverWhatIsNoSample) {
  for (const char* text : {"", "\n\n", "a", "a{", "a{b", "a{b=", "a{b=\"", "a{b=\"\\", "a{b=\"c\"}",
                           "a{b=\"c\"} x", "a NaN", "a +Inf", "a 1e300", "# a 1", "<html>"}) {
    EXPECT_TRUE(read_samples(text).empty()) << text;
  }
  EXPECT_EQ(read_samples("a 1\r\nb{} 2").size(), 2U);
}

}  // namespace
}  // namespace dockerhub::scout
