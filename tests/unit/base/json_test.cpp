#include "base/json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::json {
namespace {

// What comes out when the text is read and written again.
std::string read_back(std::string_view text) {
  const auto document = parse(text);
  return document ? write(*document) : "refused: " + document.error().message;
}

TEST(Json, KeepsNumbersExactly) {
  EXPECT_EQ(read_back("[0,-1,2147483648,-9223372036854775808,18446744073709551615]"),
            "[0,-1,2147483648,-9223372036854775808,18446744073709551615]");
  EXPECT_EQ(read_back("[0.1,1e3,-2.5E-3,123456789.123456]"),
            "[0.1,1000.0,-0.0025,123456789.123456]");
}

TEST(Json, TakesNextToNothingForZeroAndRefusesTooMuch) {
  EXPECT_EQ(read_back("[1e-400]"), "[0.0]");
  EXPECT_EQ(read_back("[0." + std::string(400, '0') + "1]"), "[0.0]");
  for (const std::string& much :
       {std::string("1e400"), std::string("9e308"), std::string(400, '9')}) {
    EXPECT_FALSE(parse(much)) << much;
    EXPECT_FALSE(is_valid(much)) << much;
  }
  EXPECT_EQ(read_back("[9e308]"), "refused: not valid JSON: a number is too large (at byte 1)");
}

TEST(Json, RoundsIntegersThatAreLongerThanAnyTypeOfThem) {
  EXPECT_EQ(parse("18446744073709551616")->GetDouble(), 18446744073709551616.0);
  EXPECT_EQ(parse("-9223372036854775809")->GetDouble(), -9223372036854775808.0);
  EXPECT_FALSE(parse("18446744073709551616")->IsUint64());
}

TEST(Json, OutlivesTheDocumentThatItChangedPlacesWith) {
  const std::string text = "[\"" + std::string(5000, 'x') + "\",{\"a\":1}]";
  Document kept;
  {
    Document read = parse(text).value();
    swap(kept, read);
    EXPECT_TRUE(read.IsNull());
  }
  EXPECT_EQ(write(kept), text);
  kept.PushBack(2, kept.GetAllocator());
  EXPECT_EQ(kept.Size(), 3U) << "it can still be added to";
}

// A crash of the library's own conversion.
TEST(Json, SurvivesLongFractionsWithSmallExponents) {
  EXPECT_EQ(read_back("[2." + std::string(120, '9') + "E-444]"), "[0.0]");
  EXPECT_EQ(read_back("[2." + std::string(800, '9') + "E-339]"), "[0.0]");
}

TEST(Json, IsOneWholeValueInUtf8) {
  for (const std::string& text :
       {std::string(), std::string("{} x"), std::string("[1,]"), std::string("{\"a\":1}\0", 8),
        std::string("\"\xff\""), std::string("nul"), std::string("01"), std::string("NaN")}) {
    EXPECT_FALSE(parse(text)) << text;
    EXPECT_FALSE(is_valid(text)) << text;
  }
}

// At each place of a text, since what is ASCII is passed over eight bytes at a time.
TEST(Json, IsRefusedForBytesThatAreNoUtf8AtTheirPlace) {
  for (const std::string bad :
       {"\xff", "\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = "\"" + std::string(before, 'a') + bad + "bcdefghij\"";
      const auto document = parse(text);
      ASSERT_FALSE(document) << before;
      const std::string place = "(at byte " + std::to_string(before + 1) + ")";
      EXPECT_NE(document.error().message.find(place), std::string::npos)
          << document.error().message;
      EXPECT_FALSE(is_valid(text)) << before;
    }
  }
  EXPECT_FALSE(parse("\"abcdefg\xe2\x82"));
  for (const std::string good : {"\u00e9", "\u20ac", "\U0001f433", "\u007f"}) {
    for (std::size_t before = 0; before < 20; ++before) {
      std::string text = "[\"" + std::string(before, 'a');
      text.append(good).append("\",\"").append(good).append("\"]");
      EXPECT_EQ(read_back(text), text);
    }
  }
}

TEST(Json, IsNestedToABoundOnly) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(is_valid(nested(kMaxDepth)));
  EXPECT_FALSE(is_valid(nested(kMaxDepth + 1)));
  EXPECT_FALSE(is_valid(std::string(1'000'000, '[')));
}

TEST(Json, KnowsANumberThatADoubleHolds) {
  for (const char* number : {"0", "-1", "1.5", "1e6", "-2.5E-3", "1e308", "1e-999"})
    EXPECT_TRUE(bounded_json::is_number(number)) << number;
  for (const char* text : {"", "-", "+1", "01", "1.", ".5", "1e", "0x1", " 1", "1 ", "1 2", "1,2",
                           "1e999", "9e308", "NaN", "true", "\"1\""})
    EXPECT_FALSE(bounded_json::is_number(text)) << text;
}

}  // namespace
}  // namespace dockerhub::json
