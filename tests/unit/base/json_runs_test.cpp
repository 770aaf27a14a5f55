#include "dockerhub/json_runs.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/json.hpp"

namespace dockerhub {
namespace {

// Longer than two of the eight bytes that are looked at together.
constexpr std::size_t kLength = 20;

std::string written_by_rapidjson(const std::string& text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

TEST(JsonRuns, EveryByteIsWrittenAsRapidJsonWritesItWhereverItStands) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t at = 0; at < kLength; ++at) {
      std::string text(kLength, 'a');
      text[at] = static_cast<char>(byte);
      EXPECT_EQ(json::quote(text), written_by_rapidjson(text)) << byte << " at " << at;
    }
  }
}

TEST(JsonRuns, TextsOfEveryLengthComeBack) {
  std::string text;
  for (std::size_t length = 0; length < 4 * kLength; ++length) {
    const auto read = json::parse(json::quote(text));
    ASSERT_TRUE(read);
    EXPECT_EQ(json::view(*read), text);
    text += length % kLength == 0 ? "\"\\\x1f\u00e9" : "b";
  }
}

TEST(JsonRuns, NoControlCharacterIsReadWithoutItsEscapeWhereverItStands) {
  for (char byte = 1; byte < ' '; ++byte) {
    for (std::size_t at = 0; at < kLength; ++at) {
      std::string text(kLength, 'a');
      text[at] = byte;
      EXPECT_FALSE(json::is_valid('"' + text + '"')) << int(byte) << " at " << at;
    }
  }
}

TEST(JsonRuns, HalfOfAPairIsNeverATextOfItsOwn) {
  EXPECT_FALSE(json::is_valid(R"("\ud83d")"));
  const auto read = json::parse(R"(["\udddd", "\ud83d\udc33"])");
  ASSERT_TRUE(read);
  EXPECT_EQ(json::write(*read), "[\"\xEF\xBF\xBD\",\"\xF0\x9F\x90\xB3\"]");
}

TEST(JsonRuns, ATextWithoutItsEndIsRefusedWhereverItStops) {
  for (std::size_t length = 0; length < kLength; ++length) {
    EXPECT_FALSE(json::is_valid('"' + std::string(length, 'a'))) << length;
  }
}

}  // namespace
}  // namespace dockerhub
