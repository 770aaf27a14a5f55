#include "digest_name.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

const std::string kHex(64, 'a');

bool is_digest(const std::string& text) {
  return DigestName::parse(text).has_value();
}

TEST(DigestName, HasAnAlgorithmAndItsNumberOfDigits) {
  EXPECT_TRUE(is_digest("sha256:" + kHex));
  EXPECT_TRUE(is_digest("sha512:" + kHex + kHex));
  EXPECT_FALSE(is_digest("sha256:" + kHex + "a"));
  EXPECT_FALSE(is_digest("sha256:" + kHex.substr(1)));
  EXPECT_FALSE(is_digest("sha512:" + kHex));
}

TEST(DigestName, IsInLowerCase) {
  EXPECT_FALSE(is_digest("sha256:" + std::string(64, 'A')));
  EXPECT_FALSE(is_digest("SHA256:" + kHex));
}

TEST(DigestName, OfAnotherAlgorithmFitsTheGrammarAndIsNotVerifiable) {
  const auto digest = DigestName::parse("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46");
  ASSERT_TRUE(digest);
  EXPECT_FALSE(digest->is_verifiable());
  EXPECT_EQ(digest->algorithm(), "multihash+base58");
  EXPECT_TRUE(DigestName::parse("sha256:" + kHex)->is_verifiable());
}

TEST(DigestName, ThatBreaksTheGrammarIsRefused) {
  for (const char* text : {"", ":", "sha256", "sha256:", ":abc", "a++b:c", "+a:c", "a+:c", "a:b c",
                           "a:../..", "a:b?c", "a:b%2f"}) {
    EXPECT_FALSE(is_digest(text)) << text;
  }
  EXPECT_FALSE(is_digest("a:" + std::string(1000, 'b')));
}

TEST(DigestName, OfAParameterIsRefusedByTheNameOfTheParameter) {
  const auto refused = DigestName::of_parameter("digest", "latest");
  ASSERT_FALSE(refused);
  EXPECT_STREQ(refused.error()->parameter, "digest");
  EXPECT_EQ(refused.error()->message, "'digest' is no digest: 'latest'");
}

TEST(FallbackTag, IsTheDigestWithADash) {
  EXPECT_EQ(fallback_tag(*DigestName::parse("sha256:" + kHex)), "sha256-" + kHex);
}

TEST(FallbackTag, IsCutAndCleanedToFitATag) {
  EXPECT_EQ(fallback_tag(*DigestName::parse("sha512:" + kHex + kHex)), "sha512-" + kHex);
  const std::string name(40, 'x');
  EXPECT_EQ(fallback_tag(*DigestName::parse(name + ":a=b")), std::string(32, 'x') + "-a-b");
}

}  // namespace
}  // namespace dockerhub::registry
