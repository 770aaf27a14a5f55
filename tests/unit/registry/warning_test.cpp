#include "warning.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

TEST(WarningText, IsThatOfCode299WithoutAnAgent) {
  EXPECT_EQ(warning_text(R"(299 - "This \"tag\" goes soon")"), "This \"tag\" goes soon");
  EXPECT_EQ(warning_text(R"(299 - "dated" "Sat, 25 Aug 2012 23:34:45 GMT")"), "dated");
}

TEST(WarningText, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(warning_text("299 - \"a\xe2\x80\xae"
                         "b\x1b[2J\tc\xff\""),
            "a\\u202eb\\u001b[2J c\xef\xbf\xbd");
}

TEST(WarningText, OfAnyOtherFormIsIgnored) {
  for (const char* header : {"", "199 - \"x\"", "299 host \"x\"", "299 - x", "299 - \"\"", "299"}) {
    EXPECT_EQ(warning_text(header), std::nullopt) << header;
  }
}

TEST(WarningFilter, LetsEachTextPassOnce) {
  WarningFilter filter;
  EXPECT_TRUE(filter.is_new("a"));
  EXPECT_FALSE(filter.is_new("a"));
  EXPECT_TRUE(filter.is_new("b"));
}

TEST(WarningFilter, LetsAtMost4096BytesPass) {
  WarningFilter filter;
  EXPECT_TRUE(filter.is_new(std::string(4000, 'a')));
  EXPECT_FALSE(filter.is_new(std::string(97, 'b')));
  EXPECT_TRUE(filter.is_new(std::string(96, 'c')));
}

}  // namespace
}  // namespace dockerhub::registry
