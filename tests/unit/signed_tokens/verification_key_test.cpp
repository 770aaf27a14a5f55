#include "signed_tokens/verification_key.hpp"

#include <gtest/gtest.h>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

std::string bytes(std::size_t count) {
  return to_base64url(std::string(count, '\x81'));
}

std::string rsa(std::size_t size = 256, const std::string& more = "") {
  return R"({"kty":"RSA","kid":"r","n":")" + bytes(size) + R"(","e":"AQAB")" + more + "}";
}

std::string ec(const std::string& curve, std::size_t size) {
  return R"({"kty":"EC","crv":")" + curve + R"(","x":")" + bytes(size) + R"(","y":")" +
         bytes(size) + "\"}";
}

std::optional<VerificationKey> read(const std::string& jwk) {
  return VerificationKey::from_jwk(*json::parse(jwk));
}

bool fits(const VerificationKey& key, std::string_view algorithm) {
  return key.fits(*find_algorithm(algorithm));
}

TEST(TokenKeys, FitTheAlgorithmsOfTheirKind) {
  const auto key = read(rsa());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->id(), "r");
  EXPECT_TRUE(fits(*key, "RS256") && fits(*key, "PS512"));
  EXPECT_FALSE(fits(*key, "HS256") || fits(*key, "ES256"));
  EXPECT_TRUE(fits(*read(ec("P-256", 32)), "ES256"));
  EXPECT_FALSE(fits(*read(ec("P-256", 32)), "ES384"));
  EXPECT_TRUE(fits(*read(ec("P-384", 48)), "ES384"));
}

TEST(TokenKeys, FitNoOtherAlgorithmThanTheirOwn) {
  const auto key = read(rsa(256, R"(,"alg":"PS256")"));
  EXPECT_TRUE(fits(*key, "PS256"));
  EXPECT_FALSE(fits(*key, "RS256"));
}

TEST(TokenKeys, OfASecretFitAsLongAsTheyAre) {
  SecretBook book;
  const VerificationKey key = VerificationKey::from_secret(std::string(48, 's'), book);
  EXPECT_TRUE(fits(key, "HS256") && fits(key, "HS384"));
  EXPECT_FALSE(fits(key, "HS512") || fits(key, "RS256"));
}

TEST(TokenKeys, ThatAreWeakHugeOrMalformedAreNone) {
  EXPECT_FALSE(read(rsa(255)));
  EXPECT_FALSE(read(rsa(1025)));
  EXPECT_FALSE(read(ec("P-256", 31)));
  EXPECT_FALSE(read(ec("P-521", 66)));
  EXPECT_FALSE(read(R"({"kty":"RSA","n":"=","e":"AQAB"})"));
  EXPECT_FALSE(read(R"("RSA")"));
}

TEST(TokenKeys, ForAnotherUseAreNone) {
  EXPECT_FALSE(read(rsa(256, R"(,"use":"enc")")));
  EXPECT_FALSE(read(rsa(256, R"(,"key_ops":["sign"])")));
  EXPECT_TRUE(read(rsa(256, R"(,"use":"sig","key_ops":["verify"])")));
}

TEST(TokenKeys, OfAKeySetAreNeverSecret) {
  EXPECT_FALSE(read(R"({"kty":"oct","k":")" + bytes(64) + "\"}"));
}

TEST(TokenKeys, AreGivenOnForOneAlgorithmWithTheirPublicMembers) {
  const auto key = read(rsa(256, R"(,"d":"AQAB","alg":"RS256")"));
  const auto text = json::parse(key->jwk_for(*find_algorithm("RS256")));
  ASSERT_TRUE(text);
  EXPECT_EQ(json::text_of(*text, "alg"), "RS256");
  EXPECT_EQ(json::find(*text, "d"), nullptr);
}

TEST(KeySets, GiveTheUsableKeys) {
  const auto keys =
      read_key_set(R"({"keys":[)" + rsa() + R"(,{"kty":"OKP"},7,)" + ec("P-256", 32) + "]}");
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->size(), 2U);
}

TEST(KeySets, AreBounded) {
  std::string text = R"({"keys":[)" + rsa();
  for (std::size_t i = 0; i < 2 * VerificationKey::kMostKeys; ++i) text += "," + rsa();
  EXPECT_EQ(read_key_set(text + "]}")->size(), VerificationKey::kMostKeys);
}

TEST(KeySets, ThatAreNoneAreTold) {
  for (const char* text : {"", "{}", "[]", R"({"keys":{}})"}) EXPECT_FALSE(read_key_set(text));
}

}  // namespace
}  // namespace dockerhub
