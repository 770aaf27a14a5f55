#include "http/stream_counts.hpp"

#include <gtest/gtest.h>

namespace dockerhub::web {
namespace {

TEST(StreamCounts, AClientHasSoManyAndAnotherItsOwn) {
  StreamCounts streams(2);
  auto first = streams.take("a");
  const auto second = streams.take("a");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(streams.take("a"));
  EXPECT_TRUE(streams.take("b"));
  first.reset();
  EXPECT_TRUE(streams.take("a"));
}

TEST(StreamCounts, ZeroIsNoLimit) {
  StreamCounts streams(0);
  const auto first = streams.take("a");
  const auto second = streams.take("a");
  EXPECT_TRUE(first && second);
}

TEST(StreamCounts, AStreamMayOutliveTheCounts) {
  std::shared_ptr<void> stream;
  {
    StreamCounts streams(1);
    stream = streams.take("a");
  }
  EXPECT_TRUE(stream);
  stream.reset();
}

}  // namespace
}  // namespace dockerhub::web
