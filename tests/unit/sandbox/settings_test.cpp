#include "settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::sandbox {
namespace {

using testing::HasSubstr;

TEST(Settings, TakeTheKindOfValueThatTheirRowSays) {
  Settings settings;
  for (const char* text : {"referrers=off", "token_lifetime=7", "authentication=basic"})
    EXPECT_TRUE(set_from_text(settings, text)) << text;
  EXPECT_FALSE(settings.referrers);
  EXPECT_EQ(settings.token_lifetime, 7);
  EXPECT_EQ(settings.authentication, "basic");
}

TEST(Settings, RefuseEverythingElseAndSayWhatIsWanted) {
  Settings settings;
  const auto message = [&](const char* text) {
    return set_from_text(settings, text).error().message;
  };
  EXPECT_THAT(message("referrers=yes"), HasSubstr("on or off"));
  EXPECT_THAT(message("token_lifetime=-1"), HasSubstr("whole number"));
  EXPECT_THAT(message("authentication=token|basic"), HasSubstr("one of token|basic|none"));
  EXPECT_THAT(message("warning=a\r\nX: y"), HasSubstr("without line ends"));
  EXPECT_THAT(message("nothing=1"), HasSubstr("'nothing=1'"));
  EXPECT_THAT(message("referrers"), HasSubstr("'referrers'"));
}

TEST(Settings, FromJsonAreAllSetOrNone) {
  Settings settings;
  EXPECT_FALSE(
      set_from_json(settings, *json::parse(R"({"referrers":false,"token_lifetime":"7"})")));
  EXPECT_TRUE(settings.referrers);
  EXPECT_TRUE(set_from_json(settings, *json::parse(R"({"referrers":false,"token_lifetime":7})")));
  EXPECT_FALSE(settings.referrers);
}

}  // namespace
}  // namespace dockerhub::sandbox
