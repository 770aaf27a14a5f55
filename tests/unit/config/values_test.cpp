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

TEST(Sizes, HaveUnits) {
  EXPECT_EQ(parse_size("1048576"), 1048576);
  EXPECT_EQ(parse_size("512KiB"), 512 * 1024);
  EXPECT_EQ(parse_size(" 32 mib "), 32 * 1024 * 1024);
  EXPECT_EQ(parse_size("1GiB"), 1024 * 1024 * 1024);
}

TEST(Sizes, RefuseWhatIsNoSize) {
  for (const char* const text : {"", "MiB", "-1", "1.5MiB", "1MB", "9999999999GiB", "1 2"}) {
    EXPECT_FALSE(parse_size(text)) << text;
  }
}

TEST(Numbers, KeepToTheRangeOfTheirRow) {
  const Setting& row = *find_setting("http.max_exchanges");
  EXPECT_EQ(checked_value(row, " 64 ", "x"), "64");
  for (const char* const text : {"0", "65", "-1", "3.5", "many", "99999999999999999999"}) {
    const auto value = checked_value(row, text, "x");
    ASSERT_FALSE(value) << text;
    EXPECT_NE(value.error().message.find("from 1 to 64"), std::string::npos);
  }
}

TEST(Urls, HaveOneSpelling) {
  const Setting& row = *find_setting("hub.url");
  EXPECT_EQ(checked_value(row, "HTTPS://Hub.Example.com:443//", "x"), "https://hub.example.com");
  EXPECT_EQ(checked_value(row, "https://h.example.com/api/", "x"), "https://h.example.com/api");
  for (const char* const text :
       {"hub.docker.com", "ftp://h.example.com", "https://u:p@h.example.com",
        "https://h.example.com?x=1", "https://h.example.com#a"}) {
    EXPECT_FALSE(checked_value(row, text, "x")) << text;
  }
}

TEST(Hosts, KeepTheirPorts) {
  const Setting& row = *find_setting("http.plain_hosts");
  EXPECT_EQ(checked_value(row, "One.example.com , two.example.com:5000,[::1]:80,", "x"),
            "one.example.com,two.example.com:5000,[::1]:80");
  for (const char* const text : {"http://one.example.com", "one.example.com/x", "a b", "h:x"}) {
    EXPECT_FALSE(checked_value(row, text, "x")) << text;
  }
}

TEST(HostPairs, NameARegistryAndTheTokenServiceWithoutPort) {
  const Setting& row = *find_setting("registry.realms");
  EXPECT_EQ(checked_value(row, "R.example.com:5000 = t.example.com,[::1]=[::1]", "x"),
            "r.example.com:5000=t.example.com,[::1]=[::1]");
  for (const char* const text : {"r.example.com", "=t", "r=", "r=t:5000", "r=https://t"}) {
    EXPECT_FALSE(checked_value(row, text, "x")) << text;
  }
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

TEST(BadValues, AreCutAtAWholeCharacter) {
  const std::string letters(59, 'x');
  const auto value = checked_value(*find_setting("call.timeout"), letters + "\xc3\xa9nd", "x");
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("\"" + letters + "...\""), std::string::npos)
      << value.error().message;
}

TEST(BadValues, OfSizesNameTheirRangeInBytes) {
  const Setting& row = *find_setting("http.max_answer");
  for (const std::string text : {"many", "1", "1.5MiB", "9999999999GiB"}) {
    const auto value = checked_value(row, text, "x");
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().kind, ErrorKind::configuration);
    EXPECT_NE(value.error().message.find("512KiB or 32MiB, from " + std::to_string(row.minimum)),
              std::string::npos)
        << value.error().message;
  }
}

}  // namespace
}  // namespace dockerhub
