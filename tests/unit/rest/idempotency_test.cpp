#include "idempotency.hpp"

#include <gmock/gmock.h>

#include "calls_to_test.hpp"
#include "memory_state.hpp"

namespace dockerhub::rest {
namespace {

// Fails to note an end so often.
class StumblingState : public MemoryState {
 public:
  Result<void> finish(const std::string& key, const std::string& attempt,
                      KeptAnswer answer) override {
    if (stumbles-- > 0) return Failure(Error());
    return MemoryState::finish(key, attempt, std::move(answer));
  }

  int stumbles = 0;
};

class IdempotencyTest : public testing::Test {
 protected:
  Call call(const std::string& params = "{}", const std::string& caller = "alice") const {
    Call made = call_of(caller, params);
    made.action = &action_;
    made.idempotency_key = "one";
    return made;
  }
  // The status of the answer instead; 0: it begins.
  int begun(Call made) {
    const auto told = begin_idempotent(state_, made);
    if (!told) attempt_ = made.attempt;
    body_ = told ? told->body : std::string();
    return told ? told->status : 0;
  }
  void ended(Call made, const std::optional<Error>& error = {}) {
    made.attempt = attempt_;
    CallResult result;
    result.error = error;
    end_idempotent(state_, made, &result,
                   web::json_response(error ? 502 : 201, R"({"data":"the answer"})"));
  }
  static Error error_of(ErrorKind kind, int status = 0) {
    Error error;
    error.kind = kind;
    error.status_code = status;
    return error;
  }

  StumblingState state_;
  Action action_;
  std::string body_, attempt_;
};

TEST_F(IdempotencyTest, ARepeatIsGivenTheFirstAnswer) {
  EXPECT_EQ(begun(call()), 0);
  EXPECT_EQ(begun(call()), 409);
  ended(call());
  EXPECT_EQ(begun(call()), 201);
  EXPECT_EQ(body_, R"({"data":"the answer"})");
}

TEST_F(IdempotencyTest, ItsEndIsNotedThoughTheFirstAttemptFails) {
  EXPECT_EQ(begun(call()), 0);
  state_.stumbles = 1;
  ended(call());
  EXPECT_EQ(begun(call()), 201);
}

TEST_F(IdempotencyTest, WhereItsEndCannotBeNotedRepeatsAreToldWhatToDo) {
  EXPECT_EQ(begun(call()), 0);
  state_.stumbles = 2;
  ended(call());
  EXPECT_EQ(begun(call()), 409);
  EXPECT_THAT(body_, testing::HasSubstr("use another key"));
}

TEST_F(IdempotencyTest, AnotherRequestUnderTheKeyIsRefused) {
  EXPECT_EQ(begun(call(R"({"a":1})")), 0);
  EXPECT_EQ(begun(call(R"({"a":2})")), 422);
  EXPECT_EQ(begun(call(R"({"a":2})", "bob")), 0);
}

TEST_F(IdempotencyTest, WhatWasNotDoneMayBeDone) {
  for (const ErrorKind kind :
       {ErrorKind::parameter, ErrorKind::destructive_closed, ErrorKind::policy}) {
    EXPECT_EQ(begun(call()), 0);
    ended(call(), error_of(kind));
  }
  EXPECT_EQ(begun(call()), 0);
  ended(call(), error_of(ErrorKind::api, 429));
  EXPECT_EQ(begun(call()), 0);
}

TEST_F(IdempotencyTest, WhatMayHaveBeenDoneIsNotDoneAgain) {
  EXPECT_EQ(begun(call()), 0);
  ended(call(), error_of(ErrorKind::timeout));
  EXPECT_EQ(begun(call()), 502);
}

TEST_F(IdempotencyTest, WhatIsShownOnceIsNotKept) {
  action_.answer.shown_once = {"token"};
  EXPECT_EQ(begun(call()), 0);
  ended(call());
  EXPECT_EQ(begun(call()), 201);
  EXPECT_THAT(body_, testing::HasSubstr("shown once"));
  EXPECT_THAT(body_, testing::Not(testing::HasSubstr("the answer")));
}

TEST_F(IdempotencyTest, IsOfWritesAlone) {
  Call reads = call();
  reads.effect = Effect::read;
  EXPECT_FALSE(is_idempotent(reads));
  Call dry = call();
  dry.request.options.dry_run = true;
  EXPECT_FALSE(is_idempotent(dry));
  EXPECT_TRUE(is_idempotent(call()));
  Call wrong = call();
  wrong.idempotency_key = std::string(kLongestKey + 1, 'a');
  EXPECT_EQ(begun(wrong), 400);
}

}  // namespace
}  // namespace dockerhub::rest
