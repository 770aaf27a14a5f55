// What the state in memory alone does; the rest is in state_test.cpp.
#include "memory_state.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <string>

namespace dockerhub::rest {
namespace {

// The status of the refusal; 0: it begins.
int status_of_begin(MemoryState& state, const std::string& key, const std::string& principal) {
  const auto beginning = state.begin(principal, key, "digest");
  return beginning ? 0 : beginning.error().status_code;
}

TEST(MemoryState, AnAnswerHasItsPlaceBeforeItIsThere) {
  StateBounds bounds;
  bounds.bytes = kLongestKept + kLongestKept / 2;
  MemoryState state(bounds);
  const auto first = state.begin("alice", "1", "digest");
  EXPECT_EQ(status_of_begin(state, "2", "bob"), 503);
  EXPECT_TRUE(state.finish("1", first->attempt, {200, "{}"}));
  EXPECT_EQ(status_of_begin(state, "2", "bob"), 0);
}

TEST(MemoryState, AnOldAnswerIsForgottenAndWhatRunsIsNeverOld) {
  StateBounds bounds;
  bounds.answer_life = std::chrono::seconds(0);
  MemoryState state(bounds);
  const auto first = state.begin("alice", "key", "digest");
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, State::Begun::running);
  EXPECT_TRUE(state.finish("key", first->attempt, {200, "{}"}));
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, State::Begun::now);
}

}  // namespace
}  // namespace dockerhub::rest
