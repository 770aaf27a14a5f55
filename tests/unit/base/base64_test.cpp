#include "base/base64.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

TEST(Base64, MakesTheTextsOfTheStandard) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(to_base64url("f"), "Zg");
}

TEST(Base64, GivesBackWhatWentIn) {
  for (const std::string bytes : {"", "f", "fo", "foo", "user:p\xc3\xa4ss", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
}

TEST(Base64, RefusesWhatNobodyMakes) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "====", "Z===", "Zg==Zg==", "Zm9v!A=="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (const char* text : {"Z", "Zh", "Zg==", "+A", "/A"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
}

}  // namespace
}  // namespace dockerhub
