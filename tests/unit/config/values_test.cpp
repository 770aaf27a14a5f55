#include "config/values.hpp"

#include <gtest/gtest.h>

#include "config/configuration_impl.hpp"

namespace dockerhub {
namespace {

TEST(Booleans, AreUnderstoodInAllTheirSpellings) {
  for (const char* const text : {"1", "t", "true", "y", "yes", "on", "TRUE", " Yes\n"}) {
    EXPECT_EQ(parse_boolean(text), true) << text;
  }
  for (const char* const text : {"0", "f", "false", "n", "no", "off", "False", "\tOFF"}) {
    EXPECT_EQ(parse_boolean(text), false) << text;
  }
}

TEST(Booleans, AreNeverGuessed) {
  for (const char* const text : {"", "2", "maybe", "ja", "tru", "true false", "enabled"}) {
    EXPECT_FALSE(parse_boolean(text)) << text;
  }
}

TEST(Durations, HaveUnits) {
  const auto count = [](std::string_view text) { return parse_duration(text).value().count(); };
  EXPECT_EQ(count("30"), 30'000);
  EXPECT_EQ(count("30s"), 30'000);
  EXPECT_EQ(count("500ms"), 500);
  EXPECT_EQ(count("2m"), 120'000);
  EXPECT_EQ(count("1h"), 3'600'000);
  EXPECT_EQ(count(" 1.5 S "), 1'500);
  EXPECT_EQ(count("0"), 0);
}

TEST(Durations, ThatAreNotZeroNeverBecomeNoLimit) {
  EXPECT_EQ(parse_duration("0.1ms").value().count(), 1);
}

TEST(Durations, RefuseWhatIsNoTime) {
  for (const char* const text :
       {"", "s", "-1", "1d", "1s2", "nan", "inf", "1e3", "0x10", "99999999999h", "1,5"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Lists, LoseEmptyPartsAndBlanks) {
  EXPECT_EQ(split_list("/a: /b ::/c:", ':'), (std::vector<std::string>{"/a", "/b", "/c"}));
  EXPECT_TRUE(split_list("", ':').empty());
}

TEST(BadValues, NameTheSourceTheValueAndWhatWouldBeRight) {
  const auto value =
      checked_value(*find_setting("safety.confirm"), "nevr", "environment DOCKERHUB_CONFIRM");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().kind, ErrorKind::configuration);
  EXPECT_EQ(
      value.error().message,
      "environment DOCKERHUB_CONFIRM: safety.confirm is \"nevr\", which is not one of ask, never");
  EXPECT_NE(value.error().hint.find("did you mean never?"), std::string::npos);
}

TEST(BadValues, AreShownShortAndHarmless) {
  const auto value =
      checked_value(*find_setting("call.timeout"), "\x1b[2J" + std::string(5000, 'x'), "x");
  ASSERT_FALSE(value);
  EXPECT_LT(value.error().message.size(), 250U);
  EXPECT_EQ(value.error().message.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace dockerhub
