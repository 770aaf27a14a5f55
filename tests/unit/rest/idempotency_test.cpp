#include "idempotency.hpp"

#include <gmock/gmock.h>

#include "calls_to_test.hpp"
#include "memory_state.hpp"

namespace dockerhub::rest {
namespace {

class IdempotencyTest : public testing::Test {
 protected:
  Call call(const std::string& params = "{}", const std::string& caller = "alice") const {
    Call made = call_of(caller, params);
    made.action = &action_;
    made.idempotency_key = "one";
    return made;
  }
  // The status of the answer instead; 0: it begins.
  int begun(const Call& made) {
    const auto told = begin_idempotent(state_, made);
    body_ = told ? told->body : std::string();
    return told ? told->status : 0;
  }
  void ended(const Call& made, const std::optional<Error>& error = {}) {
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

  MemoryState state_;
  Action action_;
  std::string body_;
};

TEST_F(IdempotencyTest, ARepeatIsGivenTheFirstAnswer) {
  EXPECT_EQ(begun(call()), 0);
  EXPECT_EQ(begun(call()), 409);
  ended(call());
  EXPECT_EQ(begun(call()), 201);
  EXPECT_EQ(body_, R"({"data":"the answer"})");
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
