#include <gtest/gtest.h>

#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

class Shapes : public testing::Test {
 protected:
  std::string text(std::string_view text) const { return redactor_.text(text); }

 private:
  Redactor redactor_{std::make_shared<SecretBook>()};
};

// {"alg":"RS256","typ":"JWT"} . {"sub":"42"} . signature
constexpr const char* kToken = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";

TEST_F(Shapes, MasksDockerAccessTokens) {
  EXPECT_EQ(text("login -p dckr_pat_AbC-12_x9 now"), "login -p ***redacted*** now");
  EXPECT_EQ(text("\"dckr_oat_zzz\""), "\"***redacted***\"");
  EXPECT_EQ(text("a dckr_pat_1, dckr_pat_2"), "a ***redacted***, ***redacted***");
}

TEST_F(Shapes, LeavesTheNameOfATokenKindAlone) {
  EXPECT_EQ(text("a token begins with dckr_pat_"), "a token begins with dckr_pat_");
}

TEST_F(Shapes, MasksTheTokenOfABearerHeader) {
  EXPECT_EQ(text("Authorization: Bearer abc.DEF~1/2+3=="), "Authorization: Bearer ***redacted***");
  EXPECT_EQ(text("bearer   q1w2e3"), "bearer   ***redacted***");
  EXPECT_EQ(text("BEARER\tx"), "BEARER\t***redacted***");
}

TEST_F(Shapes, LeavesProseAndChallengesAboutBearersAlone) {
  for (const char* const prose :
       {"Bearer token required.", "a bearer", "the Bearer scheme", "forbearer secretly",
        R"(WWW-Authenticate: Bearer realm="https://auth.docker.io/token",service="x.docker.io")"}) {
    EXPECT_EQ(text(prose), prose);
  }
}

TEST_F(Shapes, MasksJsonWebTokens) {
  EXPECT_EQ(text(std::string("got ") + kToken + "!"), "got ***redacted***!");
  EXPECT_EQ(text(std::string("jwt%20") + kToken), "jwt%20***redacted***");
}

TEST_F(Shapes, MasksJsonWebTokensWithBlanksInTheHeader) {
  // { "alg": "none" } . {} . (no signature)
  EXPECT_EQ(text("eyAiYWxnIjogIm5vbmUiIH0.e30."), "***redacted***");
}

TEST_F(Shapes, MasksEncryptedJsonWebTokensWhole) {
  EXPECT_EQ(text(std::string(kToken) + ".aXY.dGFn"), "***redacted***");
}

TEST_F(Shapes, LeavesWordsWithDotsAlone) {
  for (const char* const words :
       {"eyJobs.list.all", "eyewitnessaccount.example.com", "newspapersellers.example.org",
        "registry-1.docker.io", "sha256.abc.def"}) {
    EXPECT_EQ(text(words), words);
  }
}

TEST_F(Shapes, AreFoundAtBothEndsAndSideBySide) {
  EXPECT_EQ(text("dckr_pat_a/dckr_pat_b"), "***redacted***/***redacted***");
  EXPECT_EQ(text("Bearer dckr_pat_a"), "Bearer ***redacted***");
}

TEST_F(Shapes, DoNotChangeTextsWithoutThem) {
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("b"), "b");
  EXPECT_EQ(text("de"), "de");
  EXPECT_EQ(text(std::string_view("a\0b\xFF", 4)), std::string_view("a\0b\xFF", 4));
}

}  // namespace
}  // namespace dockerhub
