// What copies of a server have of one Redis, and what they do without it.
#include "redis_state.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../shared_store/redis_process.hpp"
#include "redis_scripts.hpp"

namespace dockerhub::rest {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

using Variables = std::map<std::string, std::string>;

// One copy of a server, as far as its state goes.
class Copy {
 public:
  explicit Copy(const test::RedisProcess& redis, const Variables& more = {})
      : store_(made(redis, more)), state_(store_) {}

  State* operator->() { return &state_; }
  SharedStore& store() { return *store_; }

 private:
  static std::shared_ptr<SharedStore> made(const test::RedisProcess& redis, const Variables& more) {
    auto store = test::redis_store(redis.url(), more);
    if (!store) throw std::runtime_error(store.error().message);
    return std::move(*store);
  }

  const std::shared_ptr<SharedStore> store_;
  RedisState state_;
};

Approval approval_of(const std::string& id) {
  Approval made;
  made.id = id;
  made.principal = made.name = "canary-principal";
  made.text = "canary-text";
  made.target = "canary-target";
  made.call_state = "canary-state";
  made.keys = {"canary-key"};
  made.expires = State::Clock::now() + std::chrono::minutes(10);
  return made;
}

// How many of several threads, each with a copy of its own, succeeded.
int successes(const test::RedisProcess& redis, const std::function<bool(Copy&)>& attempt) {
  constexpr int kThreads = 8;
  std::atomic<int> count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      Copy copy(redis);
      if (attempt(copy)) ++count;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return count;
}

// Errors that say what was not done, and are told as 503.
template <typename T>
void expect_closed(const Result<T>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().status_code, 503);
  EXPECT_THAT(result.error().hint,
              AnyOf(HasSubstr("What needs it was not done"), HasSubstr("Nothing was begun")));
}

TEST(RedisState, WhatOneCopyKeepsAnotherOneHas) {
  const test::RedisProcess redis;
  Copy one(redis);
  Copy other(redis);
  ASSERT_TRUE(one->keep(approval_of("id")));
  EXPECT_EQ((*other->find("id"))->text, "canary-text");
  EXPECT_TRUE(*other->decide("id", true, "bob"));
  EXPECT_EQ((*one->find("id"))->decided_by, "bob");
  EXPECT_TRUE(*other->take("id"));
  EXPECT_FALSE(*one->take("id"));
  const auto begun = one->begin("alice", "key", "digest");
  EXPECT_EQ(begun->begun, State::Begun::now);
  EXPECT_EQ(other->begin("alice", "key", "digest")->begun, State::Begun::running);
  ASSERT_TRUE(one->finish("key", begun->attempt, {201, "{}"}));
  EXPECT_EQ(other->begin("alice", "key", "digest")->answer.status, 201);
}

TEST(RedisState, OfManyAtOnceOneSucceeds) {
  const test::RedisProcess redis;
  ASSERT_TRUE(Copy(redis)->keep(approval_of("id")));
  const auto later = State::Clock::now() + std::chrono::minutes(10);
  EXPECT_EQ(successes(redis, [](Copy& copy) { return *copy->decide("id", true, "bob"); }), 1);
  EXPECT_EQ(successes(redis, [](Copy& copy) { return *copy->take("id"); }), 1);
  EXPECT_EQ(successes(redis, [&](Copy& copy) { return *copy->use("number", later); }), 1);
  EXPECT_EQ(successes(redis,
                      [](Copy& copy) {
                        return copy->begin("alice", "key", "digest")->begun == State::Begun::now;
                      }),
            1);
}

TEST(RedisState, NothingThatIsKeptCanBeReadThere) {
  const test::RedisProcess redis;
  Copy copy(redis, {{"DOCKER_HUB_USER", "canary-user"}, {"DOCKER_HUB_TOKEN", "canary-token"}});
  ASSERT_TRUE(copy->keep(approval_of("canary-id")));
  ASSERT_TRUE(*copy->decide("canary-id", true, "canary-name"));
  const auto begun = copy->begin("canary-principal", "canary-key", "canary-digest");
  ASSERT_TRUE(begun);
  ASSERT_TRUE(copy->finish("canary-key", begun->attempt, {201, "canary-answer"}));
  ASSERT_TRUE(*copy->use("canary-number", State::Clock::now() + std::chrono::minutes(10)));
  const std::string dump = redis.dump(copy.store());
  EXPECT_THAT(dump, HasSubstr("dockerhub:1:approval:"));
  EXPECT_THAT(dump, HasSubstr("dockerhub:1:used:"));
  EXPECT_THAT(dump, Not(HasSubstr("canary")));
}

TEST(RedisState, AnotherAccountHasAnotherState) {
  const test::RedisProcess redis;
  Copy one(redis, {{"DOCKER_HUB_TOKEN", "the credential of one"}});
  Copy other(redis, {{"DOCKER_HUB_TOKEN", "the credential of another"}});
  ASSERT_TRUE(one->keep(approval_of("id")));
  EXPECT_FALSE(other->find("id")->has_value());
  EXPECT_TRUE(other->approvals()->empty());
  EXPECT_FALSE(*other->take("id"));
  EXPECT_TRUE(*one->take("id"));
}

TEST(RedisState, WhatSomebodyElseWroteIsNoConsent) {
  const test::RedisProcess redis;
  Copy copy(redis);
  ASSERT_TRUE(copy->keep(approval_of("id")));
  ASSERT_TRUE(copy->keep(approval_of("other")));
  const std::string key = copy.store().key("approval", "id");
  const std::vector<std::string> made_up = {"HSET", key, "decision", "made up"};
  ASSERT_TRUE(copy.store().ask(made_up));
  EXPECT_FALSE(copy->find("id"));
  const std::vector<std::string> read = {"HGET", copy.store().key("approval", "other"), "value"};
  const std::vector<std::string> moved = {"HSET", key, "value", copy.store().ask(read)->text};
  const std::vector<std::string> undecided = {"HDEL", key, "decision"};
  ASSERT_TRUE(copy.store().ask(moved));
  ASSERT_TRUE(copy.store().ask(undecided));
  EXPECT_FALSE(copy->find("id"));
}

TEST(RedisState, WithoutRedisNothingBegins) {
  test::RedisProcess redis;
  Copy copy(redis);
  ASSERT_TRUE(copy->keep(approval_of("id")));
  redis.kill();
  expect_closed(copy->keep(approval_of("another")));
  expect_closed(copy->find("id"));
  expect_closed(copy->take("id"));
  expect_closed(copy->decide("id", true, "bob"));
  expect_closed(copy->approvals());
  expect_closed(copy->begin("alice", "key", "digest"));
  expect_closed(copy->use("number", State::Clock::now() + std::chrono::minutes(10)));
  redis.start();
  EXPECT_FALSE(copy->find("id")->has_value()) << "it remembers nothing";
  EXPECT_EQ(copy->begin("alice", "key", "digest")->begun, State::Begun::now);
}

TEST(RedisState, AFullRedisKeepsNothingMore) {
  const test::RedisProcess redis({"--maxmemory", "1", "--maxmemory-policy", "noeviction"});
  Copy copy(redis);
  expect_closed(copy->keep(approval_of("id")));
  expect_closed(copy->begin("alice", "key", "digest"));
  expect_closed(copy->use("number", State::Clock::now() + std::chrono::minutes(10)));
  EXPECT_FALSE(copy->find("id")->has_value());
}

TEST(RedisState, ARequestThatASlowRedisNotesLateDoesNotKeepItsKey) {
  const test::RedisProcess redis;
  Copy hasty(redis, {{"DOCKERHUB_STATE_TIMEOUT", "100ms"}});
  Copy patient(redis);
  redis.freeze();
  expect_closed(hasty->begin("alice", "key", "digest"));
  redis.thaw();
  EXPECT_EQ(patient->begin("alice", "key", "digest")->begun, State::Begun::now);
}

TEST(RedisState, WhatRedisDoesTooLateIsNotDone) {
  const test::RedisProcess redis;
  Copy copy(redis);
  const std::vector<std::string> keys = {"entry", "of one", "all"};
  const std::string long_ago = "1";
  const std::vector<std::string> arguments = {"9999", "9999",   "9",      "9",     "999",
                                              "1",    long_ago, "digest", "sealed"};
  const auto reply = copy.store().run(kAddScript, keys, arguments);
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->items.front().is_text("late"));
  const std::vector<std::string> exists = {"EXISTS", "entry", "of one", "all"};
  EXPECT_EQ(copy.store().ask(exists)->number, 0);
}

TEST(RedisState, WhatIsKeptHasAnEnd) {
  const test::RedisProcess redis;
  Copy copy(redis);
  ASSERT_TRUE(copy->keep(approval_of("id")));
  const auto begun = copy->begin("alice", "key", "digest");
  ASSERT_TRUE(begun);
  ASSERT_TRUE(copy->finish("key", begun->attempt, {200, "{}"}));
  ASSERT_TRUE(*copy->use("number", State::Clock::now() + std::chrono::minutes(10)));
  constexpr std::string_view kEndless = R"(
local endless = 0
for _, key in ipairs(redis.call('KEYS', '*')) do
  if redis.call('PTTL', key) <= 0 then endless = endless + 1 end
end
return endless)";
  EXPECT_EQ(copy.store().run(kEndless, {}, {})->number, 0);
}

}  // namespace
}  // namespace dockerhub::rest
