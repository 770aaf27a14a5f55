#include "approval/conversation.hpp"

#include <gtest/gtest.h>

#include "approval/used_states.hpp"

namespace dockerhub {
namespace {

Question approval(std::string key, std::string text) {
  Question question;
  question.kind = Question::Kind::approval;
  question.key = std::move(key);
  question.text = std::move(text);
  return question;
}

class ConversationTest : public testing::Test {
 protected:
  Result<Conversation> resume(const std::string& state,
                              const std::map<std::string, std::string>& answers) {
    return Conversation::resume(seal_, used_, "binding", state, answers);
  }
  std::string suspend(const Conversation& conversation) {
    return *conversation.suspend(seal_, "binding");
  }

  Seal seal_ = *Seal::create("");
  UsedStatesInMemory used_;
};

TEST_F(ConversationTest, KeepsAnswersAndBytesOverTheRounds) {
  Conversation first;
  first.keep_handler_state("", std::string("\0\xff\x80", 3));
  auto second = resume(suspend(first), {{"name", R"({"action":"accept"})"}});
  ASSERT_TRUE(second);
  auto third = resume(suspend(*second), {});
  ASSERT_TRUE(third);
  ASSERT_NE(third->answer("name"), nullptr);
  EXPECT_EQ(*third->answer("name"), R"({"action":"accept"})");
  EXPECT_EQ(third->handler_state(""), std::string("\0\xff\x80", 3));
}

TEST_F(ConversationTest, ConsentIsForWhatWasAsked) {
  Conversation first;
  first.ask(approval("confirm-a", "Delete a"));
  auto second = resume(suspend(first), {{"confirm-a", "true"}, {"confirm-b", "true"}});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->consent("confirm-a"), Conversation::Consent::granted);
  EXPECT_EQ(second->consent("confirm-b"), Conversation::Consent::unknown);
}

TEST_F(ConversationTest, ARefusalEndsAllAsking) {
  Conversation first;
  first.ask(approval("confirm", "Delete a"));
  EXPECT_TRUE(resume(suspend(first), {{"confirm", "false"}})->refused());
}

TEST_F(ConversationTest, CountsTheSameInEveryRun) {
  Conversation conversation;
  EXPECT_EQ(conversation.count("x"), 0U);
  EXPECT_EQ(conversation.count("x"), 1U);
  conversation.begin_run();
  EXPECT_EQ(conversation.count("x"), 0U);
}

TEST_F(ConversationTest, WhatWasAgreedIsTakenOnceAndInItsRunOnly) {
  Conversation conversation;
  conversation.begin_run();
  conversation.keep_agreed("a");
  EXPECT_FALSE(conversation.take_agreed("b"));
  EXPECT_TRUE(conversation.take_agreed("a"));
  EXPECT_FALSE(conversation.take_agreed("a"));
  conversation.keep_agreed("a");
  conversation.begin_run();
  EXPECT_FALSE(conversation.take_agreed("a"));
}

TEST_F(ConversationTest, AStateWithConsentWorksOnce) {
  Conversation first;
  first.ask(approval("confirm", "Delete a"));
  const std::string state = suspend(first);
  EXPECT_TRUE(resume(state, {{"confirm", "true"}}));
  EXPECT_FALSE(resume(state, {{"confirm", "true"}}));
}

TEST_F(ConversationTest, AStateWithoutConsentMayBeUsedAgain) {
  const std::string state = suspend(Conversation());
  EXPECT_TRUE(resume(state, {}));
  EXPECT_TRUE(resume(state, {}));
}

TEST_F(ConversationTest, AnAnswerToNothingIsNoConsent) {
  auto conversation = resume("", {{"confirm", "true"}});
  ASSERT_TRUE(conversation);
  EXPECT_EQ(conversation->consent("confirm"), Conversation::Consent::unknown);
}

TEST_F(ConversationTest, OnlyTrueIsConsent) {
  for (const char* answer : {"1", "\"true\"", "{}", "yes"}) {
    Conversation first;
    first.ask(approval("confirm", "Delete a"));
    auto second = resume(suspend(first), {{"confirm", answer}});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->consent("confirm"), Conversation::Consent::unknown) << answer;
  }
}

TEST_F(ConversationTest, AStateIsGoodForItsTimeOnly) {
  const auto state_until = [&](std::chrono::system_clock::time_point end) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(end.time_since_epoch()).count();
    const std::string text = R"({"number":"1","expires":)" + std::to_string(seconds) +
                             R"(,"answers":{"name":"{}"},"consents":{},"states":{},"asked":[]})";
    return *seal_.close(text, "binding");
  };
  const auto now = std::chrono::system_clock::now();
  const auto good = resume(state_until(now + std::chrono::minutes(1)), {});
  ASSERT_TRUE(good);
  EXPECT_NE(good->answer("name"), nullptr);
  const auto late = resume(state_until(now - std::chrono::seconds(2)), {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::parameter);
  EXPECT_NE(late.error().message.find("too old"), std::string::npos) << late.error().message;
}

TEST_F(ConversationTest, IsBoundToItsCall) {
  const std::string state = suspend(Conversation());
  EXPECT_FALSE(Conversation::resume(seal_, used_, "another binding", state, {}));
}

TEST_F(ConversationTest, RefusesToCarryTooMuch) {
  Conversation conversation;
  conversation.keep_answer("a", "\"" + std::string(Conversation::kMaxState, 'x') + "\"");
  EXPECT_FALSE(conversation.suspend(seal_, "binding"));
}

TEST(UsedStatesTest, ForgetsWhatHasExpiredAnyway) {
  UsedStatesInMemory used;
  const auto past = UsedStates::Clock::now() - std::chrono::seconds(1);
  const auto future = UsedStates::Clock::now() + std::chrono::hours(1);
  EXPECT_TRUE(*used.use("a", past));
  EXPECT_TRUE(*used.use("a", future));
  EXPECT_FALSE(*used.use("a", future));
}

}  // namespace
}  // namespace dockerhub
