#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "encoding/base64.hpp"
#include "encoding/digest.hpp"
#include "encoding/json_text.hpp"
#include "encoding/query.hpp"
#include "encoding/times.hpp"

namespace dockerhub::sandbox {
namespace {

using testing::ElementsAre;

TEST(Base64, GoesThereAndBackInBothAlphabets) {
  for (const std::string bytes : {"", "f", "fo", "foo", "\xff\xfe\xfb"}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
  }
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64url("\xff\xfe\xfb"), "__77");
}

TEST(Base64, TakesNothingButItsAlphabet) {
  for (const char* text : {"Zm8", "Zm 8", "Zm8\n", "====", "Zm9v====", "Z=9v"})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  EXPECT_EQ(from_base64url("Zm8="), std::nullopt);
}

TEST(Digest, IsAnAlgorithmAndLowerCaseHex) {
  const std::string digest = sha256_digest("");
  EXPECT_EQ(digest, "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_TRUE(is_digest(digest));
  EXPECT_TRUE(digest_fits(digest, ""));
  EXPECT_FALSE(digest_fits(digest, "x"));
  EXPECT_TRUE(is_digest("sha512:" + std::string(128, 'a')));
  for (const std::string& text : {std::string("sha256:"), "sha256:" + std::string(64, 'A'),
                                  "md5:" + std::string(32, 'a'), std::string(71, 'a')})
    EXPECT_FALSE(is_digest(text)) << text;
}

TEST(Query, KeepsRepeatedNamesAndDecodes) {
  const Query query("scope=a%3Ab&scope=c+d&empty=&flag&&bad=%zz");
  EXPECT_THAT(query.values("scope"), ElementsAre("a:b", "c d"));
  EXPECT_EQ(query.value("empty"), "");
  EXPECT_EQ(query.value("flag"), "");
  EXPECT_EQ(query.value("bad"), "%zz");
  EXPECT_EQ(query.value("none"), std::nullopt);
}

TEST(Query, EscapesSoThatItIsReadBack) {
  const std::string odd = "a b+c&d=e/f%g\xc3\xa4";
  EXPECT_EQ(Query("x=" + percent_encode(odd)).text("x"), odd);
}

TEST(Times, AreReadWithAnyOffset) {
  EXPECT_EQ(from_rfc3339("1970-01-02T00:00:00Z"), 86'400);
  EXPECT_EQ(from_rfc3339("1970-01-02T01:30:00.25+01:30"), 86'400);
  EXPECT_EQ(from_rfc3339("tomorrow"), std::nullopt);
  EXPECT_EQ(from_rfc3339(rfc3339(1'704'067'200)), 1'704'067'200);
}

TEST(JsonText, KeepsTheOrderAndReplacesWhatIsNoUtf8) {
  EXPECT_EQ(JsonText::object({{"b", 1}, {"a", JsonText::array({nullptr, true, "x\xff"})}}).text(),
            "{\"b\":1,\"a\":[null,true,\"x\xef\xbf\xbd\"]}");
}

}  // namespace
}  // namespace dockerhub::sandbox
