#include "kept_contents.hpp"

#include <gtest/gtest.h>

namespace dockerhub::scout {
namespace {

using Clock = KeptContents::Clock;

Inventory observed(const char* at) {
  Inventory content;
  content.observed_at = at;
  return content;
}

TEST(KeptContents, AreThereForAMinuteWithTheTimeOfTheirAnswer) {
  KeptContents kept;
  const Clock::time_point now{};
  kept.keep("a", observed("then"), 1, now);
  ASSERT_TRUE(kept.find("a", now + KeptContents::kLife - std::chrono::seconds(1)));
  EXPECT_EQ(kept.find("a", now)->observed_at, "then");
  EXPECT_FALSE(kept.find("a", now + KeptContents::kLife));
  EXPECT_FALSE(kept.find("b", now));
}

TEST(KeptContents, AreReplacedByTheNextAnswer) {
  KeptContents kept;
  const Clock::time_point now{};
  kept.keep("a", observed("first"), 1, now);
  kept.keep("a", observed("second"), 1, now);
  EXPECT_EQ(kept.find("a", now)->observed_at, "second");
}

TEST(KeptContents, AreBoundedInNumber) {
  KeptContents kept;
  Clock::time_point now{};
  for (std::size_t i = 0; i <= KeptContents::kMostEntries; ++i) {
    now += std::chrono::milliseconds(1);
    kept.keep(std::to_string(i), {}, 1, now);
  }
  EXPECT_FALSE(kept.find("0", now));
  EXPECT_TRUE(kept.find("1", now));
}

TEST(KeptContents, AreBoundedInBytes) {
  KeptContents kept;
  Clock::time_point now{};
  for (const char* key : {"a", "b", "c"}) {
    now += std::chrono::milliseconds(1);
    kept.keep(key, {}, KeptContents::kMostBytes / 2, now);
  }
  EXPECT_FALSE(kept.find("a", now));
  EXPECT_TRUE(kept.find("b", now));
  kept.keep("huge", {}, KeptContents::kMostBytes, now);
  EXPECT_FALSE(kept.find("huge", now));
  EXPECT_TRUE(kept.find("c", now));
}

}  // namespace
}  // namespace dockerhub::scout
