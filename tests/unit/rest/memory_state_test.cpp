#include "memory_state.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <utility>

namespace dockerhub::rest {
namespace {

using Begun = State::Begun;

StateBounds at_most(std::size_t of_one, std::size_t all) {
  StateBounds bounds;
  bounds.of_one = of_one;
  bounds.all = all;
  return bounds;
}

// The status of the refusal; 0: it is kept.
int kept(MemoryState& state, const std::string& id, const std::string& principal,
         std::chrono::seconds life = std::chrono::minutes(1)) {
  Approval approval;
  approval.id = id;
  approval.principal = principal;
  approval.expires = State::Clock::now() + life;
  const auto done = state.keep(std::move(approval));
  if (done) return 0;
  EXPECT_TRUE(done.error().retry_after);
  return done.error().status_code;
}

int begun(MemoryState& state, const std::string& key, const std::string& principal) {
  const auto beginning = state.begin(principal, key, "digest");
  if (beginning) return 0;
  EXPECT_TRUE(beginning.error().retry_after);
  return beginning.error().status_code;
}

TEST(MemoryState, OneCallerLeavesRoomForOthers) {
  MemoryState state(at_most(2, 3));
  EXPECT_EQ(kept(state, "1", "alice"), 0);
  EXPECT_EQ(kept(state, "2", "alice"), 0);
  EXPECT_EQ(kept(state, "3", "alice"), 429);
  EXPECT_EQ(kept(state, "4", "bob"), 0);
  EXPECT_EQ(kept(state, "5", "bob"), 503);
  EXPECT_TRUE(*state.take("1"));
  EXPECT_EQ(kept(state, "5", "bob"), 0);
}

TEST(MemoryState, TheSameHoldsForAnswers) {
  MemoryState state(at_most(1, 2));
  EXPECT_EQ(begun(state, "1", "alice"), 0);
  EXPECT_EQ(begun(state, "2", "alice"), 429);
  EXPECT_EQ(begun(state, "3", "bob"), 0);
  EXPECT_EQ(begun(state, "4", "carol"), 503);
  // One that is there is told of all the same.
  EXPECT_EQ(state.begin("alice", "1", "digest")->begun, Begun::running);
  EXPECT_TRUE(state.forget("1"));
  EXPECT_EQ(begun(state, "2", "alice"), 0);
}

TEST(MemoryState, AnAnswerHasItsPlaceBeforeItIsThere) {
  StateBounds bounds;
  bounds.bytes = kLongestKept + kLongestKept / 2;
  MemoryState state(bounds);
  EXPECT_EQ(begun(state, "1", "alice"), 0);
  EXPECT_EQ(begun(state, "2", "bob"), 503);
  EXPECT_TRUE(state.finish("1", {200, "{}"}));
  EXPECT_EQ(begun(state, "2", "bob"), 0);
}

TEST(MemoryState, LargeAnswersOfOneLeaveRoomForOthers) {
  StateBounds bounds;
  bounds.bytes_of_one = kLongestKept + kLongestKept / 2;
  MemoryState state(bounds);
  EXPECT_EQ(begun(state, "1", "alice"), 0);
  EXPECT_EQ(begun(state, "2", "alice"), 429);
  EXPECT_EQ(begun(state, "3", "bob"), 0);
}

TEST(MemoryState, WhatIsOldIsForgotten) {
  StateBounds bounds;
  bounds.answer_life = std::chrono::seconds(0);
  MemoryState state(bounds);
  EXPECT_EQ(kept(state, "old", "alice", std::chrono::seconds(-1)), 0);
  EXPECT_FALSE(state.find("old")->has_value());
  EXPECT_FALSE(*state.decide("old", true, "bob"));
  EXPECT_EQ(begun(state, "key", "alice"), 0);
  // What runs is never old.
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, Begun::running);
  EXPECT_TRUE(state.finish("key", {200, "{}"}));
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, Begun::now);
}

TEST(MemoryState, ANumberIsUsedOnce) {
  MemoryState state;
  const auto later = State::Clock::now() + std::chrono::minutes(1);
  EXPECT_TRUE(*state.use("1", later));
  EXPECT_FALSE(*state.use("1", later));
}

}  // namespace
}  // namespace dockerhub::rest
