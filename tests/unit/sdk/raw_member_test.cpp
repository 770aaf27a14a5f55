// Parts of a JSON text as they stand there.
#include <gtest/gtest.h>
#include <dockerhub/sdk/raw_member.hpp>

#include <optional>
#include <string_view>

namespace {

using dockerhub::sdk::raw_member;

TEST(RawMember, IsTheTextAsItStands) {
  const std::string_view json = R"( { "a" : 1.10 , "b":{"c":[ "}" , "\"]" ]} ,"d" : "x\"y" } )";
  EXPECT_EQ(raw_member(json, "a"), "1.10");
  EXPECT_EQ(raw_member(json, "b"), R"({"c":[ "}" , "\"]" ]})");
  EXPECT_EQ(raw_member(json, "d"), R"("x\"y")");
}

TEST(RawMember, IsOneOfTheObjectItselfAndNotOfWhatIsInIt) {
  EXPECT_EQ(raw_member(R"({"b":{"c":1},"c":2})", "c"), "2");
  EXPECT_EQ(raw_member(R"({"b":{"c":1}})", "c"), std::nullopt);
  EXPECT_EQ(raw_member(R"({"a":"c"})", "c"), std::nullopt);
}

TEST(RawMember, IsNothingOfWhatIsNoObject) {
  for (const char* json : {"", "[]", "1", "{}", "null", "[{\"a\":1}]"}) {
    EXPECT_EQ(raw_member(json, "a"), std::nullopt) << json;
  }
}

TEST(RawMember, EndsWithTheText) {
  for (const char* json : {"{", R"({"a)", R"({"a")", R"({"a":)", R"({"a":[)", R"({"a":"\)"}) {
    raw_member(json, "a");
    raw_member(json, "b");
  }
}

}  // namespace
