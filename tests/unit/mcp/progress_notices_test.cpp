#include "progress_notices.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace dockerhub::mcp {
namespace {

struct Told {
  std::uint64_t progress = 0;
  std::optional<std::uint64_t> total;
};

class ProgressNoticesTest : public testing::Test {
 protected:
  // A step that comes after the shortest interval.
  void step(std::string_view track, std::uint64_t done, std::uint64_t total) {
    std::this_thread::sleep_for(ProgressNotices::kInterval);
    quick_step(track, done, total);
  }
  void quick_step(std::string_view track, std::uint64_t done, std::uint64_t total) {
    notices_.report({track, done, total, "byte", ""}, "");
  }
  const std::vector<Told>& told() const { return told_; }

 private:
  void keep(std::string_view message) {
    const auto document = json::parse(message);
    const json::Value* params = json::find(*document, "params");
    const json::Value* total = json::find(params, "total");
    Told entry{json::find(params, "progress")->GetUint64(), std::nullopt};
    if (total != nullptr) entry.total = total->GetUint64();
    told_.push_back(entry);
  }

  std::vector<Told> told_;
  ProgressNotices notices_{"1", [this](std::string_view message) { keep(message); }};
};

TEST_F(ProgressNoticesTest, TracksAreAddedUp) {
  step("a", 1, 10);
  step("b", 2, 20);
  step("a", 5, 10);
  ASSERT_EQ(told().size(), 3U);
  EXPECT_EQ(told()[0].progress, 1U);
  EXPECT_EQ(told()[1].progress, 3U);
  EXPECT_EQ(told()[2].progress, 7U);
  EXPECT_EQ(told()[2].total, 30U);
}

TEST_F(ProgressNoticesTest, TheTrackForTheWholeCountsAlone) {
  step("", 1, 4);
  step("part", 1000, 1000);
  step("", 2, 4);
  ASSERT_EQ(told().size(), 2U);
  EXPECT_EQ(told()[1].progress, 2U);
  EXPECT_EQ(told()[1].total, 4U);
}

TEST_F(ProgressNoticesTest, AnUnknownTotalLeavesTheTotalOut) {
  step("a", 1, 10);
  step("b", 1, 0);
  ASSERT_EQ(told().size(), 2U);
  EXPECT_EQ(told()[1].total, std::nullopt);
}

TEST_F(ProgressNoticesTest, OnlyRisesAreTold) {
  step("a", 5, 10);
  step("a", 5, 10);
  step("a", 4, 10);
  EXPECT_EQ(told().size(), 1U);
}

TEST_F(ProgressNoticesTest, AFloodIsThinnedButItsEndIsTold) {
  for (std::uint64_t done = 0; done <= 10000; ++done) quick_step("a", done, 10000);
  EXPECT_LT(told().size(), 1000U);
  EXPECT_EQ(told().front().progress, 0U);
  EXPECT_EQ(told().back().progress, 10000U);
}

}  // namespace
}  // namespace dockerhub::mcp
