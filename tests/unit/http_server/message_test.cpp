#include "http/message.hpp"

#include <gtest/gtest.h>

namespace dockerhub::web {
namespace {

TEST(Accept, NamesTypesAndWildcards) {
  EXPECT_TRUE(accepts("application/json, text/event-stream", "text/event-stream"));
  EXPECT_TRUE(accepts("text/html;q=0.5 , TEXT/Event-Stream ; q=0.1", "text/event-stream"));
  EXPECT_TRUE(accepts("*/*", "text/event-stream"));
  EXPECT_TRUE(accepts("text/*", "text/event-stream"));
  EXPECT_FALSE(accepts("application/json", "text/event-stream"));
  EXPECT_FALSE(accepts("text/event-streams", "text/event-stream"));
  EXPECT_FALSE(accepts("", "text/event-stream"));
}

TEST(Accept, AQualityOfZeroRefuses) {
  EXPECT_FALSE(accepts("text/event-stream;q=0", "text/event-stream"));
  EXPECT_FALSE(accepts("text/event-stream; q=0.000", "text/event-stream"));
  EXPECT_TRUE(accepts("text/event-stream;q=0.001", "text/event-stream"));
}

TEST(MediaType, HasNoParametersAndNoCase) {
  EXPECT_EQ(media_type("Application/JSON; charset=utf-8"), "application/json");
}

}  // namespace
}  // namespace dockerhub::web
