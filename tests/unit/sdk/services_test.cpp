// The kernel's services as a handler uses them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <dockerhub/sdk/context.hpp>

#include <utility>

#include "fake_host.hpp"
#include "sample_module.hpp"

namespace {

using namespace dockerhub::sdk;
using testing::ElementsAre;

TEST(Asking, AQuestionWithoutAnswerSuspendsTheCall) {
  FakeHost fake;
  EXPECT_EQ(fake.run(dockerhub_module_entry, "sample", "greets"), DH_SUSPENDED);
  EXPECT_THAT(fake.questions, ElementsAre(R"({"message":"Who?","schema":{"type":"object"}})"));
  EXPECT_THAT(fake.answered, ElementsAre());
}

TEST(Asking, ASecondRunFindsTheAnswer) {
  FakeHost fake;
  fake.answers["name"] = R"({"action":"accept","content":{"name":"Ada"}})";
  EXPECT_EQ(fake.run(dockerhub_module_entry, "sample", "greets"), DH_OK);
  EXPECT_THAT(fake.answered, ElementsAre(R"({"accepted":true,"name":"Ada"})"));
}

TEST(Asking, ARefusalHasNoContent) {
  FakeHost fake;
  fake.answers["name"] = R"({"action":"decline"})";
  EXPECT_EQ(fake.run(dockerhub_module_entry, "sample", "greets"), DH_OK);
  EXPECT_THAT(fake.answered, ElementsAre(R"({"accepted":false,"name":""})"));
}

TEST(Asking, ApprovalStatesEffectTextAndTarget) {
  FakeHost fake;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  EXPECT_TRUE(ctx.ask().approve(Effect::destructive, "Delete \"x\"", "x").ok());
  EXPECT_THAT(fake.questions, ElementsAre("2:Delete \"x\":x"));
}

TEST(HttpExchange, ReadsTheWholeAnswerInPieces) {
  FakeHost fake;
  fake.response_body = "0123456789";
  EXPECT_EQ(fake.run(dockerhub_module_entry, "sample", "fetches"), DH_OK);
  EXPECT_THAT(fake.requests, ElementsAre(R"(GET hub /v2/{name} {"name":"x"} {"page":2})"));
  EXPECT_THAT(fake.answered, ElementsAre(R"({"status":200,"body":"0123456789"})"));
}

TEST(HttpExchange, ClosesItselfOnceHoweverItIsMoved) {
  FakeHost fake;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  {
    auto first = ctx.http().get("hub", "/a");
    auto second = ctx.http().get("hub", "/b");
    ASSERT_TRUE(first && second);
    Exchange moved = *std::move(first);
    moved = *std::move(second);
    EXPECT_EQ(fake.open_handles, 1);
  }
  EXPECT_EQ(fake.open_handles, 0);
}

TEST(HttpExchange, AnAnswerBeyondItsLimitIsAFailure) {
  FakeHost fake;
  fake.response_body = "0123456789";
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  auto exchange = ctx.http().get("hub", "/a");
  ASSERT_TRUE(exchange);
  EXPECT_EQ(exchange->text(5).status().value(), DH_E_LIMIT);
}

TEST(DigestHandle, ClosesItself) {
  FakeHost fake;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  {
    const auto digest = ctx.digest("sha256");
    EXPECT_TRUE(digest);
    EXPECT_EQ(fake.open_handles, 1);
  }
  EXPECT_EQ(fake.open_handles, 0);
  EXPECT_EQ(ctx.digest("md5").status().value(), DH_E_UNSUPPORTED);
}

TEST(KeptRecords, AreReadWrittenAndRemoved) {
  FakeHost fake;
  fake.kept["place"] = "";
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  auto record = ctx.kept("place");
  ASSERT_TRUE(record);
  EXPECT_EQ(*record->read(), "");
  EXPECT_TRUE(record->write("byte 7", std::chrono::minutes(1)).ok());
  EXPECT_EQ(*record->read(), "byte 7");
  EXPECT_TRUE(record->remove().ok());
  EXPECT_EQ(record->read().status().value(), DH_E_NOT_FOUND);
}

TEST(KeptRecords, AreKeptForNoLessAndNoMoreThanTheInterfaceCanSay) {
  FakeHost fake;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  auto record = ctx.kept("place");
  ASSERT_TRUE(record);
  for (const std::chrono::seconds time : {std::chrono::seconds(-1), std::chrono::seconds(60),
                                          std::chrono::seconds(std::chrono::hours(24 * 365))})
    EXPECT_TRUE(record->write("x", time).ok());
  EXPECT_THAT(fake.times, ElementsAre(1U, 60U, 7U * 24 * 60 * 60));
}

TEST(KeptRecords, GiveThemselvesBackOnceHoweverTheyAreMoved) {
  FakeHost fake;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  {
    auto record = ctx.kept("place");
    ASSERT_TRUE(record);
    const KeptRecord moved = *std::move(record);
    EXPECT_EQ(fake.open_handles, 1);
    EXPECT_EQ(ctx.kept("place").status().value(), DH_E_EXISTS);
  }
  EXPECT_EQ(fake.open_handles, 0);
  EXPECT_TRUE(ctx.kept("place"));
}

TEST(Settings, AreReadByTheirType) {
  FakeHost fake;
  fake.settings = {{"text", R"("x")"}, {"number", "7"}, {"flag", "true"}, {"list", R"(["a"])"}};
  const Host host(&fake.host);
  EXPECT_EQ(*host.text_setting("text"), "x");
  EXPECT_EQ(*host.integer_setting("number"), 7);
  EXPECT_TRUE(*host.flag_setting("flag"));
  EXPECT_THAT(*host.list_setting("list"), ElementsAre("a"));
  EXPECT_EQ(host.integer_setting("text").status().value(), DH_E_INVALID);
  EXPECT_EQ(host.text_setting("none").status().value(), DH_E_NOT_FOUND);
}

TEST(Notices, NameWhatChanged) {
  FakeHost fake;
  const Host host(&fake.host);
  EXPECT_TRUE(host.changed(Kind::resource, "a:b").ok());
  EXPECT_THAT(fake.emitted, ElementsAre("3:a:b"));
}

}  // namespace
