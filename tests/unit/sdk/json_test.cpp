// JSON that handlers make.
#include <gtest/gtest.h>
#include <dockerhub/sdk/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace dockerhub::sdk;

TEST(Json, MakesValuesOfWhatCppHas) {
  EXPECT_EQ(Json(nullptr).text(), "null");
  EXPECT_EQ(Json(true).text(), "true");
  EXPECT_EQ(Json(-3).text(), "-3");
  EXPECT_EQ(Json(std::uint64_t{18446744073709551615U}).text(), "18446744073709551615");
  EXPECT_EQ(Json(1.5).text(), "1.5");
  EXPECT_EQ(Json("a\"\n").text(), R"("a\"\n")");
}

TEST(Json, MakesObjectsOfFieldsInTheirOrder) {
  const Json json{{"b", 1}, {"a", "x"}, {"inner", {{"flag", false}}}};
  EXPECT_EQ(json.text(), R"({"b":1,"a":"x","inner":{"flag":false}})");
}

TEST(Json, MakesAnObjectOfTwoTexts) {
  const Json json{{"key", "value"}};
  EXPECT_EQ(json.text(), R"({"key":"value"})");
}

TEST(Json, MakesArraysOfRanges) {
  EXPECT_EQ(Json::array(std::vector<std::string>{"a", "b"}).text(), R"(["a","b"])");
  EXPECT_EQ(Json::array(std::vector<int>{}).text(), "[]");
}

TEST(Json, ATextIsNeverTakenForJson) {
  EXPECT_EQ(Json("{}").text(), "\"{}\"");
}

TEST(Json, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(Json("a\xff"
                 "b")
                .text(),
            "\"a\xef\xbf\xbd"
            "b\"");
  EXPECT_EQ(Json("\xed\xa0\x80").text(),
            "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");               // a surrogate
  EXPECT_EQ(Json("\xe2\x82").text(), "\"\xef\xbf\xbd\xef\xbf\xbd\"");  // cut short
  EXPECT_EQ(Json("\xf0\x9f\x90\xb3").text(), "\"\xf0\x9f\x90\xb3\"");
}

TEST(Json, WrongUseOfAValueThrowsInsteadOfAborting) {
  Value number(3);
  EXPECT_THROW(static_cast<void>(number.GetString()), std::logic_error);
}

}  // namespace
