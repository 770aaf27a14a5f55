// The compile-time JSON writer.
#include <gtest/gtest.h>
#include <dockerhub/sdk/manifest_json.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace {

using namespace dockerhub::sdk;

class TextSink {
 public:
  void put(char c) { text += c; }
  std::string text;
};

std::string written(const Constant& value) {
  TextSink sink;
  ManifestWriter<TextSink>(sink).constant(value);
  return sink.text;
}

TEST(ManifestJson, EscapesWhatJsonDoesNotTake) {
  EXPECT_EQ(written(std::string_view("a\"b\\c\n\t\x01\x7f")),
            R"("a\"b\\c\u000a\u0009\u0001\u007f")");
}

TEST(ManifestJson, LeavesUtf8AsItIs) {
  EXPECT_EQ(written("grün €"), "\"grün €\"");
}

TEST(ManifestJson, WritesTheExtremesOfIntegers) {
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
  EXPECT_EQ(written(0), "0");
}

TEST(ManifestJson, WritesDecimalNumbersWithoutTrailingZeros) {
  EXPECT_EQ(written(95.5), "95.5");
  EXPECT_EQ(written(-0.000001), "-0.000001");
  EXPECT_EQ(written(2.0), "2");
}

TEST(ManifestJson, RefusesNumbersThatItCannotWriteExactly) {
  EXPECT_THROW(written(1e300), Mistake);
  EXPECT_THROW(written(0.1234567), Mistake);
}

TEST(ManifestJson, TellsTextsFlagsAndRawJsonApart) {
  EXPECT_EQ(written("true"), "\"true\"");
  EXPECT_EQ(written(true), "true");
  EXPECT_EQ(written(raw_json("[1]")), "[1]");
  EXPECT_EQ(written(Constant()), "null");
}

constexpr std::size_t counted() {
  CountingSink sink;
  ManifestWriter<CountingSink> json(sink);
  json.begin_object();
  json.member("a", "b");
  json.member("left_out", std::string_view());
  json.key("c");
  json.begin_array();
  json.integer(1);
  json.integer(2);
  json.end_array();
  json.end_object();
  return sink.size();
}
static_assert(counted() == std::string_view(R"({"a":"b","c":[1,2]})").size());

}  // namespace
