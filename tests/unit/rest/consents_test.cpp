#include "consents.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "calls_to_test.hpp"
#include "memory_state.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

class ConsentsTest : public testing::Test {
 protected:
  // The token of the 409 that this call is answered with.
  std::string asked(const Call& call) {
    CallResult suspended;
    suspended.suspended = true;
    suspended.state = "sealed";
    Question question;
    question.kind = Question::Kind::approval;
    question.key = "k";
    question.text = "Delete the tag 'v1'";
    question.effect = Effect::destructive;
    suspended.questions.push_back(question);
    const web::Response response = consents_.ask(call, suspended);
    EXPECT_EQ(response.status, 409);
    const auto document = json::parse(response.body);
    const json::Value* approval = json::find(*document, "approval");
    EXPECT_EQ(json::text_of(approval, "text"), "Delete the tag 'v1'");
    return std::string(json::text_of(approval, "id"));
  }

  // The status of the refusal; 0: none.
  int redeemed(Call call, const std::string& token) {
    call.confirm_token = token;
    const auto refused = consents_.redeem(call);
    if (!refused) {
      EXPECT_EQ(call.request.state, "sealed");
      EXPECT_EQ(call.request.answers.at("k"), "true");
    }
    return refused ? refused->status : 0;
  }

  static Call for_another(const std::string& caller) {
    Call call = call_of(caller);
    call.confirm = server::Confirm::other_principal;
    return call;
  }
  int decided(const std::string& caller, const std::string& token, bool approve,
              Effect most = Effect::destructive) {
    return consents_.decide({caller, most, true}, token, approve, "/v1/approvals/x").status;
  }

  // As "approved by bob for alice [ID]"
  void record(const ConsentDecision& decision) {
    constexpr std::array<std::string_view, 3> kKinds = {"approved", "denied", "used"};
    std::string text(kKinds.at(static_cast<std::size_t>(decision.kind)));
    text.append(" by ").append(decision.principal).append(" for ").append(decision.caller);
    recorded_.push_back(text.append(" [").append(decision.request_id).append("]"));
  }

  MemoryState state_;
  std::vector<std::string> recorded_;
  Consents consents_{state_, [this](const ConsentDecision& decision) { record(decision); }};
};

TEST_F(ConsentsTest, ATokenWorksOnceForThisVeryCall) {
  const std::string token = asked(call_of("alice", R"({"tag":"v1"})"));
  EXPECT_EQ(redeemed(call_of("alice", R"({"tag":"v2"})"), token), 403);
  EXPECT_EQ(redeemed(call_of("bob", R"({"tag":"v1"})"), token), 403);
  EXPECT_EQ(redeemed(call_of("alice", R"({"tag":"v1"})"), "no token"), 403);
  EXPECT_EQ(redeemed(call_of("alice", R"({"tag":"v1"})"), token), 0);
  EXPECT_EQ(redeemed(call_of("alice", R"({"tag":"v1"})"), token), 403);
}

TEST_F(ConsentsTest, OfAnotherCallerWaitForIt) {
  const std::string token = asked(for_another("alice"));
  EXPECT_EQ(redeemed(for_another("alice"), token), 409);
  EXPECT_EQ(decided("alice", token, true), 403);
  EXPECT_EQ(decided("bob", token, true, Effect::write), 403);
  EXPECT_EQ(decided("bob", "no token", true), 404);
  EXPECT_EQ(decided("bob", token, true), 200);
  EXPECT_EQ(decided("carol", token, false), 409);
  EXPECT_EQ(redeemed(for_another("alice"), token), 0);
}

// The answer to the first may have been lost.
TEST_F(ConsentsTest, OneDecisionMayBeSentTwice) {
  const std::string token = asked(for_another("alice"));
  EXPECT_EQ(decided("bob", token, true), 200);
  EXPECT_EQ(decided("bob", token, true), 200);
  EXPECT_EQ(decided("bob", token, false), 409);
  EXPECT_EQ(decided("carol", token, true), 409);
}

TEST_F(ConsentsTest, ARuleThatBecameStricterHoldsForThoseThatWait) {
  const std::string token = asked(call_of("alice"));
  EXPECT_EQ(redeemed(for_another("alice"), token), 403);
}

TEST_F(ConsentsTest, ItIsWrittenDownWhoDecided) {
  const std::string token = asked(for_another("alice"));
  const auto told = consents_.decide({"bob", Effect::destructive, true}, token, true, "/v1");
  EXPECT_THAT(told.body, testing::HasSubstr(R"("decided_by":"bob")"));
  EXPECT_THAT(consents_.list({"alice", Effect::destructive, true}).body,
              testing::HasSubstr(R"("decided_by":"bob")"));
  Call call = for_another("alice");
  call.confirm_token = token;
  EXPECT_FALSE(consents_.redeem(call));
  EXPECT_FALSE(call.request.request_id.empty());
  EXPECT_THAT(recorded_,
              testing::ElementsAre("approved by bob for alice []",
                                   "used by bob for alice [" + call.request.request_id + "]"));
}

// A second token of the same caller is no other caller.
TEST_F(ConsentsTest, OfACallerAreNotDecidedByItsOtherTokens) {
  Call call = for_another("alice");
  call.principal.most = Effect::write;
  const std::string token = asked(call);
  EXPECT_EQ(decided("alice", token, true), 403);
}

TEST_F(ConsentsTest, AreOfWhoMayDoThatMuchAlone) {
  const std::string token = asked(call_of("http"));
  Call anonymous = call_of("http");
  anonymous.principal.most = Effect::read;
  EXPECT_EQ(redeemed(anonymous, token), 403);
  // It was not used up.
  EXPECT_EQ(redeemed(call_of("http"), token), 0);
}

TEST_F(ConsentsTest, ThatWereDeniedAreNone) {
  const std::string token = asked(for_another("alice"));
  EXPECT_EQ(decided("bob", token, false), 200);
  EXPECT_EQ(redeemed(for_another("alice"), token), 403);
  EXPECT_EQ(decided("bob", token, true), 404);
  EXPECT_THAT(recorded_, testing::ElementsAre("denied by bob for alice []"));
}

TEST_F(ConsentsTest, AreListedForThoseWhomTheyConcern) {
  const std::string token = asked(for_another("alice"));
  const auto lists = [&](const char* caller, Effect most) {
    return consents_.list({caller, most, true}).body.find(token) != std::string::npos;
  };
  EXPECT_TRUE(lists("alice", Effect::destructive));
  EXPECT_FALSE(lists("alice", Effect::read));
  EXPECT_TRUE(lists("bob", Effect::destructive));
  EXPECT_FALSE(lists("bob", Effect::write));
}

TEST_F(ConsentsTest, WhatIsNoConsentIsNotAskedForHere) {
  CallResult suspended;
  suspended.suspended = true;
  suspended.questions.emplace_back();
  EXPECT_EQ(consents_.ask(call_of("alice"), suspended).status, 422);
}

}  // namespace
}  // namespace dockerhub::rest
