// Texts of rows with places for parameters, and texts of strangers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <dockerhub/sdk/filled_text.hpp>
#include <dockerhub/sdk/outside_text.hpp>

#include <string>
#include <string_view>

namespace {

using dockerhub::sdk::kOutsideMark;
using dockerhub::sdk::outside_text;
using dockerhub::sdk::Params;

std::string filled(std::string_view text, std::string_view params) {
  return dockerhub::sdk::filled(text, Params(params)).value_or("nothing");
}

TEST(FilledText, HasTheParametersInTheirPlaces) {
  EXPECT_EQ(filled("{a}/{b}:{a}", R"({"a":"x","b":"y"})"), "x/y:x");
  EXPECT_EQ(filled("plain", "{}"), "plain");
}

TEST(FilledText, IsNothingWhereThereIsNothingForAPlace) {
  EXPECT_EQ(filled("{a}", "{}"), "nothing");
  EXPECT_EQ(filled("{a}", R"({"a":""})"), "nothing");
  EXPECT_EQ(filled("{a}", R"({"a":null})"), "nothing");
}

TEST(FilledText, MayHaveSomethingElseForAPlace) {
  EXPECT_EQ(filled("{a|90d}", "{}"), "90d");
  EXPECT_EQ(filled("{a|90d}", R"({"a":""})"), "90d");
  EXPECT_EQ(filled("{a|90d}", R"({"a":"1y"})"), "1y");
  EXPECT_EQ(filled("{a|}.", "{}"), ".");
}

TEST(FilledText, KeepsTheBracesOfJson) {
  EXPECT_EQ(filled(R"({"a": "{a}", "b": {}, "c": [{}]})", R"({"a":"x"})"),
            R"({"a": "x", "b": {}, "c": [{}]})");
  EXPECT_EQ(filled("{a", R"({"a":"x"})"), "{a");
  EXPECT_EQ(filled("{a|b", R"({"a":"x"})"), "{a|b");
}

TEST(FilledText, IsStillJsonWhateverAValueHolds) {
  EXPECT_EQ(filled(R"({"a": "{a}"})", R"({"a":"\", \"b\": \"\\\n"})"),
            R"({"a": "\", \"b\": \"\\\n"})");
}

TEST(FilledText, IsNotFilledAgainWhereAValueLooksLikeAPlace) {
  EXPECT_EQ(filled("{a}", R"({"a":"{b}","b":"x"})"), "{b}");
}

TEST(OutsideText, StandsBehindItsMark) {
  EXPECT_EQ(outside_text("# Title\n\tcode\r\n"), std::string(kOutsideMark) + "# Title\n\tcode\n");
  EXPECT_EQ(outside_text(""), kOutsideMark);
}

TEST(OutsideText, ShowsWhatCannotBeSeen) {
  const auto shown = [](std::string_view text) {
    return outside_text(text).substr(kOutsideMark.size());
  };
  EXPECT_EQ(shown("a\xe2\x80\xae"
                  "b"),
            R"(a\u202eb)");
  EXPECT_EQ(shown("\x1b[2J"), R"(\u001b[2J)");
  EXPECT_EQ(shown("\xef\xbb\xbfx\xc2\x85"), R"(\ufeffx\u0085)");
  EXPECT_EQ(shown("\xf0\x9f\x90\xb3 \xc3\xa9"), "\xf0\x9f\x90\xb3 \xc3\xa9");
  EXPECT_EQ(shown("\xf3\xa0\x81\x81"), R"(\udb40\udc41)");
  EXPECT_EQ(shown("\xff"), "\xef\xbf\xbd");
}

}  // namespace
