// JSON that handlers make.
#include <gtest/gtest.h>
#include <dockerhub/sdk/json.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
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

TEST(Json, NumbersAreTheShortestThatAreReadAsTheSame) {
  EXPECT_EQ(Json(0.1).text(), "0.1");
  EXPECT_EQ(Json(5e-324).text(), "5e-324");
  EXPECT_EQ(Json(9007199254740993.0).text(), "9007199254740992.0");
  EXPECT_EQ(Json(1500000.0).text(), "1500000.0");
  EXPECT_EQ(Json(-0.0).text(), "-0.0");
  EXPECT_EQ(Json(1e-6).text(), "0.000001");
  EXPECT_EQ(Json(1e-7).text(), "1e-7");
  EXPECT_EQ(Json(-2.5e-10).text(), "-2.5e-10");
  EXPECT_EQ(Json(123456789012345680000.0).text(), "123456789012345683968.0");
  EXPECT_EQ(Json(1e21).text(), "1e21");
  EXPECT_EQ(Json(1.7976931348623157e308).text(), "1.7976931348623157e308");
  EXPECT_EQ(Json(std::numeric_limits<std::int64_t>::min()).text(), "-9223372036854775808");
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).text(), "null");
  const Json json{{"mean", std::nan("")}};
  EXPECT_EQ(json.text(), R"({"mean":null})");
}

TEST(Json, MakesFieldsOfWhatCppHas) {
  const std::string text = "a";
  const Document document = *parse_json(R"([1,{"x":2}])");
  const Json json{{"null", nullptr},
                  {"flag", true},
                  {"least", std::int64_t{-9}},
                  {"most", std::uint64_t{18446744073709551615U}},
                  {"half", 0.5F},
                  {"literal", "l"},
                  {"text", text},
                  {"view", std::string_view("v")},
                  {"value", document},
                  {"json", Json::raw("[]")},
                  {text, Json::array(std::vector<int>{1})}};
  EXPECT_EQ(json.text(),
            R"({"null":null,"flag":true,"least":-9,"most":18446744073709551615,"half":0.5,)"
            R"("literal":"l","text":"a","view":"v","value":[1,{"x":2}],"json":[],"a":[1]})");
}

TEST(Json, WhatIsNotThereIsNull) {
  const Document document = *parse_json(R"({"x":"y"})");
  const std::optional<std::uint64_t> none;
  const Json json{{"there", find_member(document, "x")},
                  {"absent", find_member(document, "y")},
                  {"none", none},
                  {"some", std::optional<std::string>("s")},
                  {"text", text_or_null("t")},
                  {"empty", text_or_null("")},
                  {"items", kGivenItems},
                  {"braces", {}}};
  EXPECT_EQ(json.text(), R"({"there":"y","absent":null,"none":null,"some":"s","text":"t",)"
                         R"("empty":null,"items":[],"braces":null})");
  EXPECT_EQ(Json(none).text(), "null");
  EXPECT_EQ(Json(find_member(document, "y")).text(), "null");
  EXPECT_EQ(find_member(Value(3), "x"), nullptr);
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
