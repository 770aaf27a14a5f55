#include "event_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EventStream, GivesTheDataOfWholeEvents) {
  EventStream stream;
  EXPECT_THAT(stream.take(": hello\n\nid: 1\nevent: message\ndata: one\n"), IsEmpty());
  EXPECT_THAT(stream.take("\ndata:two\n\nretry: 5\n\n"), ElementsAre("one", "two"));
  EXPECT_THAT(stream.take("data: cut"), IsEmpty());
}

TEST(EventStream, JoinsTheLinesOfOneEvent) {
  EventStream stream;
  EXPECT_THAT(stream.take("data: a\ndata:  b\ndata:\n\n"), ElementsAre("a\n b\n"));
  EXPECT_THAT(stream.take("data:\n\n"), ElementsAre(""));
}

TEST(EventStream, KnowsEveryLineEndInWhateverPieces) {
  for (const std::string_view text :
       {"data: a\r\n\r\ndata: b\r\n\r\n", "data: a\r\rdata: b\r\r", "data: a\n\ndata: b\n\n"}) {
    EventStream stream;
    std::vector<std::string> events;
    for (const char byte : text) {
      for (std::string& event : stream.take({&byte, 1})) events.push_back(std::move(event));
    }
    EXPECT_THAT(events, ElementsAre("a", "b")) << text;
  }
}

}  // namespace
}  // namespace dockerhub::cli
