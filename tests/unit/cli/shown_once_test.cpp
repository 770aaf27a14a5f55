#include "shown_once.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

constexpr const char* kMasked =
    R"({"status_code":200,"data":{"uuid":"u","token":"***redacted***"}})";

TEST(ShownOnce, IsTakenOutOfTheAnswer) {
  const ShownOnce taken =
      take_shown_once({"token"}, R"({"status_code":200,"data":{"uuid":"u","token":"secret"}})");
  EXPECT_EQ(taken.values, "secret");
  EXPECT_EQ(taken.envelope, kMasked);
}

TEST(ShownOnce, IsFoundAtAnyDepthAndSeveralComeOneALine) {
  const ShownOnce taken =
      take_shown_once({"token", "code"}, R"({"data":[{"token":"a"},{"in":{"code":"b"}}]})");
  EXPECT_EQ(taken.values, "a\nb");
  EXPECT_EQ(taken.envelope,
            R"({"data":[{"token":"***redacted***"},{"in":{"code":"***redacted***"}}]})");
}

TEST(ShownOnce, StandsInTheDataAlone) {
  const std::string envelope = R"({"data":null,"token":"of the envelope"})";
  EXPECT_EQ(take_shown_once({"token"}, envelope).values, "");
  EXPECT_EQ(take_shown_once({"token"}, envelope).envelope, envelope);
}

TEST(ShownOnce, IsNeitherEmptyNorAMask) {
  for (const char* envelope :
       {R"({"data":{"token":""}})", kMasked, R"({"data":{"token":7}})", "{}"})
    EXPECT_EQ(take_shown_once({"token"}, envelope).values, "") << envelope;
}

TEST(UnseenValues, AreThoseThatNoTextHolds) {
  UnseenValues unseen("first\nsec\"ond");
  unseen.look_into("uuid\n");
  EXPECT_FALSE(unseen.empty());
  unseen.look_into("a first b");
  EXPECT_FALSE(unseen.empty());
  unseen.look_into(R"({"token":"sec\"ond"})");
  EXPECT_TRUE(unseen.empty());
  EXPECT_TRUE(UnseenValues("").empty());
}

}  // namespace
}  // namespace dockerhub::cli
