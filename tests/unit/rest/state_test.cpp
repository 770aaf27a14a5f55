// What every state does, in memory and in Redis alike.
#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../shared_store/redis_process.hpp"
#include "memory_state.hpp"
#include "redis_state.hpp"

namespace dockerhub::rest {
namespace {

using Begun = State::Begun;

class InMemory {
 public:
  static std::shared_ptr<State> make(const StateBounds& bounds) {
    return std::make_shared<MemoryState>(bounds);
  }
};

class InRedis {
 public:
  std::shared_ptr<State> make(const StateBounds& bounds) const {
    auto store = test::redis_store(redis_.url());
    if (!store) throw std::runtime_error(store.error().message);
    return std::make_shared<RedisState>(std::move(*store), bounds);
  }

 private:
  const test::RedisProcess redis_;
};

StateBounds at_most(std::size_t of_one, std::size_t all) {
  StateBounds bounds;
  bounds.of_one = of_one;
  bounds.all = all;
  return bounds;
}

template <typename Place>
class StateTest : public testing::Test {
 protected:
  State& with(const StateBounds& bounds = {}) {
    state_ = place_.make(bounds);
    return *state_;
  }

  static Approval approval(const std::string& id, const std::string& principal,
                           std::chrono::seconds life = std::chrono::minutes(10)) {
    Approval made;
    made.id = id;
    made.principal = principal;
    made.expires = State::Clock::now() + life;
    return made;
  }

  // The status of the refusal; 0: it is kept.
  int kept(const std::string& id, const std::string& principal,
           std::chrono::seconds life = std::chrono::minutes(10)) {
    const auto done = state_->keep(approval(id, principal, life));
    if (done) return 0;
    EXPECT_TRUE(done.error().retry_after);
    return done.error().status_code;
  }

  int begun(const std::string& key, const std::string& principal) {
    const auto beginning = state_->begin(principal, key, "digest");
    if (beginning) attempt_ = beginning->attempt;
    if (beginning) return 0;
    EXPECT_TRUE(beginning.error().retry_after);
    return beginning.error().status_code;
  }

  // Of what begun() began last.
  const std::string& attempt() const { return attempt_; }

 private:
  Place place_;
  std::shared_ptr<State> state_;
  std::string attempt_;
};

using Places = testing::Types<InMemory, InRedis>;
TYPED_TEST_SUITE(StateTest, Places, );

TYPED_TEST(StateTest, AnApprovalIsFoundAsItWasKept) {
  State& state = this->with();
  Approval kept = this->approval("id", "alice [write]");
  kept.name = "alice";
  kept.tool = "hub_repos";
  kept.action = "delete_tag";
  kept.digest = "digest";
  kept.text = "Delete the tag 'v1' \u00e4 \"quoted\"\n";
  kept.target = "acme/app:v1";
  kept.effect = Effect::destructive;
  kept.confirm = server::Confirm::other_principal;
  kept.call_state = "sealed";
  kept.keys = {"one", "two"};
  ASSERT_TRUE(state.keep(kept));
  const auto found = state.find("id");
  ASSERT_TRUE(found && *found);
  for (const auto text : {&Approval::id, &Approval::principal, &Approval::name, &Approval::tool,
                          &Approval::action, &Approval::digest, &Approval::text, &Approval::target,
                          &Approval::call_state, &Approval::decided_by})
    EXPECT_EQ((**found).*text, kept.*text);
  EXPECT_EQ((*found)->effect, kept.effect);
  EXPECT_EQ((*found)->confirm, kept.confirm);
  EXPECT_EQ((*found)->keys, kept.keys);
  EXPECT_FALSE((*found)->decision);
  EXPECT_LT(kept.expires - (*found)->expires, std::chrono::seconds(1));
  EXPECT_FALSE(state.find("another")->has_value());
}

TYPED_TEST(StateTest, AnApprovalIsDecidedOnceAndTakenOnce) {
  State& state = this->with();
  EXPECT_EQ(this->kept("id", "alice"), 0);
  EXPECT_TRUE(*state.decide("id", false, "bob"));
  EXPECT_FALSE(*state.decide("id", true, "carol"));
  EXPECT_EQ((*state.find("id"))->decision, false);
  EXPECT_EQ((*state.find("id"))->decided_by, "bob");
  EXPECT_TRUE(*state.take("id"));
  EXPECT_FALSE(*state.take("id"));
  EXPECT_FALSE(*state.decide("id", true, "carol"));
  EXPECT_FALSE(state.find("id")->has_value());
}

TYPED_TEST(StateTest, AllApprovalsAreListedWithTheirDecisions) {
  State& state = this->with();
  EXPECT_TRUE(state.approvals()->empty());
  EXPECT_EQ(this->kept("1", "alice"), 0);
  EXPECT_EQ(this->kept("2", "bob"), 0);
  EXPECT_EQ(this->kept("old", "bob", std::chrono::seconds(-1)), 0);
  Approval with_state = this->approval("3", "dave");
  with_state.call_state = "sealed";
  EXPECT_TRUE(state.keep(with_state));
  EXPECT_TRUE(*state.decide("2", true, "carol"));
  const auto all = state.approvals();
  ASSERT_TRUE(all);
  std::vector<std::string> listed;
  for (const Approval& each : *all)
    listed.push_back(each.id + ' ' + each.principal + ' ' + each.decided_by + each.call_state);
  EXPECT_THAT(listed, testing::UnorderedElementsAre("1 alice ", "2 bob carol", "3 dave "));
}

TYPED_TEST(StateTest, AnOldApprovalIsForgotten) {
  State& state = this->with();
  EXPECT_EQ(this->kept("old", "alice", std::chrono::seconds(-1)), 0);
  EXPECT_FALSE(state.find("old")->has_value());
  EXPECT_FALSE(*state.decide("old", true, "bob"));
}

TYPED_TEST(StateTest, OneCallerLeavesRoomForOthers) {
  State& state = this->with(at_most(2, 3));
  EXPECT_EQ(this->kept("1", "alice"), 0);
  EXPECT_EQ(this->kept("2", "alice"), 0);
  EXPECT_EQ(this->kept("3", "alice"), 429);
  EXPECT_EQ(this->kept("4", "bob"), 0);
  EXPECT_EQ(this->kept("5", "bob"), 503);
  EXPECT_TRUE(*state.take("1"));
  EXPECT_EQ(this->kept("5", "bob"), 0);
}

TYPED_TEST(StateTest, TheSameHoldsForAnswers) {
  State& state = this->with(at_most(1, 2));
  EXPECT_EQ(this->begun("1", "alice"), 0);
  const std::string attempt = this->attempt();
  EXPECT_EQ(this->begun("2", "alice"), 429);
  EXPECT_EQ(this->begun("3", "bob"), 0);
  EXPECT_EQ(this->begun("4", "carol"), 503);
  // One that is there is told of all the same.
  EXPECT_EQ(state.begin("alice", "1", "digest")->begun, Begun::running);
  EXPECT_TRUE(state.forget("1", attempt));
  EXPECT_EQ(this->begun("2", "alice"), 0);
}

TYPED_TEST(StateTest, WhatIsOldTakesNoPlace) {
  State& state = this->with(at_most(1, 1));
  EXPECT_EQ(this->kept("old", "alice", std::chrono::seconds(-1)), 0);
  EXPECT_EQ(this->kept("1", "alice"), 0);
  EXPECT_TRUE(state.find("1")->has_value());
}

TYPED_TEST(StateTest, LargeAnswersOfOneLeaveRoomForOthers) {
  StateBounds bounds;
  bounds.bytes_of_one = kLongestKept + kLongestKept / 2;
  State& state = this->with(bounds);
  EXPECT_EQ(this->begun("1", "alice"), 0);
  const std::string attempt = this->attempt();
  EXPECT_EQ(this->begun("2", "alice"), 429);
  EXPECT_EQ(this->begun("3", "bob"), 0);
  // The place of a short answer is a small one.
  EXPECT_TRUE(state.finish("1", attempt, {200, "{}"}));
  EXPECT_EQ(this->begun("2", "alice"), 0);
}

TYPED_TEST(StateTest, ARequestUnderAKeyHasOneAnswer) {
  State& state = this->with();
  const auto first = state.begin("alice", "key", "digest");
  EXPECT_EQ(first->begun, Begun::now);
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, Begun::running);
  EXPECT_EQ(state.begin("alice", "key", "another")->begun, Begun::other_request);
  EXPECT_TRUE(state.finish("key", first->attempt, {201, R"({"data":"the answer"})"}));
  const auto again = state.begin("alice", "key", "digest");
  EXPECT_EQ(again->begun, Begun::done);
  EXPECT_EQ(again->answer.status, 201);
  EXPECT_EQ(again->answer.body, R"({"data":"the answer"})");
  EXPECT_EQ(state.begin("alice", "key", "another")->begun, Begun::other_request);
  EXPECT_TRUE(state.forget("key", first->attempt));
  EXPECT_EQ(state.begin("alice", "key", "another")->begun, Begun::now);
}

TYPED_TEST(StateTest, AnAttemptThatWasLostEndsNoOther) {
  State& state = this->with();
  const auto lost = state.begin("alice", "key", "digest");
  EXPECT_TRUE(state.forget("key", lost->attempt));
  const auto later = state.begin("alice", "key", "digest");
  EXPECT_EQ(later->begun, Begun::now);
  EXPECT_TRUE(state.forget("key", lost->attempt));
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, Begun::running);
  EXPECT_TRUE(state.finish("key", lost->attempt, {500, "{}"}));
  EXPECT_EQ(state.begin("alice", "key", "digest")->begun, Begun::running);
  EXPECT_TRUE(state.finish("key", later->attempt, {201, "{}"}));
  EXPECT_EQ(state.begin("alice", "key", "digest")->answer.status, 201);
}

TYPED_TEST(StateTest, ANumberIsUsedOnce) {
  State& state = this->with();
  const auto later = State::Clock::now() + std::chrono::minutes(10);
  EXPECT_TRUE(*state.use("1", later));
  EXPECT_FALSE(*state.use("1", later));
  EXPECT_TRUE(*state.use("2", later));
}

}  // namespace
}  // namespace dockerhub::rest
