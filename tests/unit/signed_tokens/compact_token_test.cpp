#include "signed_tokens/compact_token.hpp"

#include <gtest/gtest.h>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

bool reads(const std::string& header) {
  return read_token_header(to_base64url(header)).has_value();
}

TEST(CompactToken, HasThreeParts) {
  EXPECT_EQ(token_parts("a.b.c")->payload, "b");
  for (const char* text : {"", "a", "a.b", "a.b.c.d", "a.b.c."}) EXPECT_FALSE(token_parts(text));
}

TEST(CompactToken, SaysAlgorithmAndKey) {
  const auto header =
      read_token_header(to_base64url(R"({"alg":"RS256","kid":"1","typ":"at+JWT"})"));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->algorithm, "RS256");
  EXPECT_EQ(header->key_id, "1");
}

TEST(CompactToken, IsRefusedWhereReadersCouldDisagree) {
  EXPECT_TRUE(reads(R"({"alg":"RS256"})"));
  EXPECT_FALSE(reads(R"({"alg":"RS256","alg":"HS256"})"));
  EXPECT_FALSE(reads(R"(["RS256"])"));
  EXPECT_FALSE(reads(R"({"alg":"RS256"} x)"));
  EXPECT_FALSE(read_token_header("eyJhbGciOiJSUzI1NiJ9="));
  EXPECT_FALSE(read_token_header("eyJhbGciOiJSUzI1NiJ9\n"));
  EXPECT_FALSE(read_token_header("eyJhbGciOiJSUzI1Ni*9"));
}

TEST(CompactToken, IsRefusedWhereItWantsMoreOrIsOfAnotherKind) {
  EXPECT_FALSE(reads(R"({"alg":"RS256","crit":["b64"],"b64":false})"));
  EXPECT_FALSE(reads(R"({"alg":"RS256","typ":"dpop+jwt"})"));
  EXPECT_FALSE(reads(R"({"alg":"RS256","typ":7})"));
}

TEST(CompactToken, SaysEachClaimOnce) {
  EXPECT_TRUE(read_claims(to_base64url(R"({"sub":"a"})")));
  EXPECT_FALSE(read_claims(to_base64url(R"({"sub":"a","sub":"b"})")));
}

}  // namespace
}  // namespace dockerhub
