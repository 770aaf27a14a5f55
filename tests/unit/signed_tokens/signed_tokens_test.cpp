#include "dockerhub/signed_tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../config/sources.hpp"
#include "../http/scripted_server.hpp"
#include "../temporary_folder.hpp"
#include "dockerhub/kernel.hpp"
#include "signer.hpp"

namespace dockerhub {
namespace {

constexpr const char* kSecretSetting = "state.key";
const std::string kSecret(64, 's');

SignedTokenRules rules() {
  SignedTokenRules made;
  made.issuer = "https://issuer.example";
  made.audience = "https://hub.example/mcp";
  return made;
}

Result<std::unique_ptr<SignedTokens>> make(const SignedTokenRules& made,
                                           const std::string& secret = kSecret) {
  const auto configuration = load_environment({{"DOCKERHUB_STATE_KEY", secret}});
  return SignedTokens::create(*configuration, made);
}

Result<std::unique_ptr<SignedTokens>> with_key(const Signer& signer,
                                               std::vector<std::string> algorithms = {}) {
  SignedTokenRules made = rules();
  made.public_key = signer.public_pem();
  made.algorithms = std::move(algorithms);
  return make(made);
}

Result<std::unique_ptr<SignedTokens>> with_secret(const std::string& secret = kSecret,
                                                  std::vector<std::string> algorithms = {}) {
  SignedTokenRules made = rules();
  made.secret = kSecretSetting;
  made.algorithms = std::move(algorithms);
  return make(made, secret);
}

std::string signed_by(const Signer& signer, const std::string& algorithm,
                      const std::string& claims = good_claims()) {
  return token_of(header_of(algorithm), claims,
                  [&](const std::string& text) { return signer.sign(algorithm, text); });
}

std::string signed_with(const std::string& secret, const std::string& algorithm) {
  return token_of(header_of(algorithm), good_claims(),
                  [&](const std::string& text) { return hmac(secret, algorithm, text); });
}

// Why it is refused; "accepted" otherwise.
std::string outcome(const Result<std::unique_ptr<SignedTokens>>& tokens, const std::string& token) {
  if (!tokens) return tokens.error().message;
  const auto checked = (*tokens)->check(token);
  return checked ? "accepted" : std::string(checked.error());
}

Signer signer_for(const std::string& algorithm) {
  if (algorithm == "ES256") return Signer::ec("P-256");
  if (algorithm == "ES384") return Signer::ec("P-384");
  return Signer::rsa();
}

class PublicKeyAlgorithm : public testing::TestWithParam<std::string> {};

TEST_P(PublicKeyAlgorithm, IsAcceptedWithItsKey) {
  const Signer signer = signer_for(GetParam());
  const auto tokens = with_key(signer);
  ASSERT_TRUE(tokens) << tokens.error().message;
  const auto checked = (*tokens)->check(signed_by(signer, GetParam()));
  ASSERT_TRUE(checked) << checked.error();
  EXPECT_EQ(checked->subject, "alice");
  EXPECT_THAT(checked->scopes, testing::ElementsAre("dockerhub:read", "dockerhub:write"));
}

TEST_P(PublicKeyAlgorithm, IsRefusedWithAnotherKey) {
  const auto tokens = with_key(signer_for(GetParam()));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(outcome(tokens, signed_by(signer_for(GetParam()), GetParam())),
            "the token's signature is wrong");
}

TEST_P(PublicKeyAlgorithm, IsRefusedWhereAnyPartWasChanged) {
  const Signer signer = signer_for(GetParam());
  const auto tokens = with_key(signer);
  const std::string token = signed_by(signer, GetParam());
  const std::size_t claims = token.find('.') + 1;
  const std::size_t signature = token.rfind('.') + 1;
  const auto changed_at = [&](std::size_t place) {
    std::string changed = token;
    changed[place] = changed[place] == 'A' ? 'B' : 'A';
    return outcome(tokens, changed);
  };
  EXPECT_EQ(changed_at(claims + 20), "the token's signature is wrong");
  EXPECT_EQ(changed_at(signature + 20), "the token's signature is wrong");
  // What is read of it before the signature may be what is wrong.
  EXPECT_NE(changed_at(claims - 5), "accepted");
}

INSTANTIATE_TEST_SUITE_P(All, PublicKeyAlgorithm,
                         testing::Values("RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
                                         "ES256", "ES384"));

class SecretAlgorithm : public testing::TestWithParam<std::string> {};

TEST_P(SecretAlgorithm, IsAcceptedWithItsSecretAlone) {
  const auto tokens = with_secret();
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(outcome(tokens, signed_with(kSecret, GetParam())), "accepted");
  EXPECT_EQ(outcome(tokens, signed_with(kSecret + "x", GetParam())),
            "the token's signature is wrong");
}

INSTANTIATE_TEST_SUITE_P(All, SecretAlgorithm, testing::Values("HS256", "HS384", "HS512"));

TEST(Algorithms, OfASecretAreNotTakenForAPublicKey) {
  const Signer signer = Signer::rsa();
  const auto tokens = with_key(signer);
  for (const char* algorithm : {"HS256", "HS384", "HS512"}) {
    EXPECT_EQ(outcome(tokens, signed_with(signer.public_pem(), algorithm)),
              "the token's algorithm is not accepted");
  }
}

TEST(Algorithms, NoneIsNever) {
  const Signer signer = Signer::rsa();
  const auto tokens = with_key(signer);
  for (const char* name : {"none", "None", "NONE", ""}) {
    const std::string token = token_of(header_of(name), good_claims(),
                                       [](const std::string& /*text*/) { return std::string(); });
    EXPECT_EQ(outcome(tokens, token), "the token's algorithm is not accepted") << name;
  }
  EXPECT_FALSE(with_key(signer, {"none"}));
}

TEST(Algorithms, AreNoOthersThanTheConfiguredOnes) {
  const Signer signer = Signer::rsa();
  const auto tokens = with_key(signer, {"PS256"});
  EXPECT_EQ(outcome(tokens, signed_by(signer, "PS256")), "accepted");
  EXPECT_EQ(outcome(tokens, signed_by(signer, "RS256")), "the token's algorithm is not accepted");
}

TEST(Algorithms, OfOneKindAreNotTakenForAnother) {
  const Signer signer = Signer::rsa();
  const auto tokens = with_key(signer);
  const std::string token =
      token_of(header_of("PS256"), good_claims(),
               [&](const std::string& text) { return signer.sign("RS256", text); });
  EXPECT_EQ(outcome(tokens, token), "the token's signature is wrong");
}

TEST(Algorithms, ThatDoNotFitTheKeyRefuseTheStart) {
  const auto fits_none = testing::HasSubstr("fits none");
  EXPECT_THAT(outcome(with_key(Signer::rsa(), {"HS256"}), ""), fits_none);
  EXPECT_THAT(outcome(with_key(Signer::rsa(), {"ES256"}), ""), fits_none);
  EXPECT_THAT(outcome(with_key(Signer::ec("P-256"), {"ES384"}), ""), fits_none);
  EXPECT_THAT(outcome(with_secret(kSecret, {"RS256"}), ""), fits_none);
  EXPECT_THAT(outcome(with_secret(std::string(32, 's'), {"HS512"}), ""), fits_none);
  SignedTokenRules made = rules();
  made.keys_url = "https://issuer.example/keys";
  made.algorithms = {"HS256"};
  EXPECT_THAT(outcome(make(made), ""), fits_none);
}

TEST(Algorithms, ThatAreMisspelledAreNamed) {
  const auto tokens = with_key(Signer::rsa(), {"RS265"});
  ASSERT_FALSE(tokens);
  EXPECT_THAT(tokens.error().message + tokens.error().hint, testing::HasSubstr("RS256"));
}

TEST(Keys, ThatAreTooWeakRefuseTheStart) {
  const auto is_unusable = testing::HasSubstr("none that can be used");
  EXPECT_THAT(outcome(with_key(Signer::rsa(1024)), ""), is_unusable);
  EXPECT_THAT(outcome(with_key(Signer::ec("P-521")), ""), is_unusable);
  EXPECT_THAT(outcome(with_secret(std::string(31, 's')), ""), testing::HasSubstr("32 to 1024"));
  SignedTokenRules made = rules();
  made.public_key = "no key";
  EXPECT_THAT(outcome(make(made), ""), is_unusable);
}

TEST(Keys, AreNotFetchedWhereOthersCouldChangeThem) {
  SignedTokenRules made = rules();
  made.keys_url = "http://issuer.example/keys";
  EXPECT_FALSE(make(made));
  made.keys_url = "http://127.0.0.1/keys";
  EXPECT_TRUE(make(made));
}

TEST(Tokens, ThatAreDamagedAreRefused) {
  const Signer signer = Signer::rsa();
  const auto tokens = with_key(signer);
  const std::string token = signed_by(signer, "RS256");
  for (std::size_t size = 0; size < token.size(); size += 7) {
    EXPECT_NE(outcome(tokens, token.substr(0, size)), "accepted") << size;
  }
  for (const char* end : {"=", "==", ".", "A", "\n", " "}) {
    EXPECT_NE(outcome(tokens, token + end), "accepted");
  }
  EXPECT_EQ(outcome(tokens, token), "accepted");
}

TEST(Tokens, WhoseLastBitsAreNotZeroAreRefused) {
  const Signer signer = Signer::ec("P-256");
  const auto tokens = with_key(signer);
  std::string token = signed_by(signer, "ES256");
  ++token.back();  // 64 bytes leave four bits that mean nothing
  EXPECT_NE(outcome(tokens, token), "accepted");
}

TEST(Tokens, ThatAreTooLongAreNotRead) {
  const auto tokens = with_secret();
  const std::string claims = good_claims();
  const std::string padded =
      claims.substr(0, claims.size() - 1) + R"(,"x":")" + std::string(16 * 1024, 'x') + "\"}";
  const std::string token = token_of(header_of("HS256"), padded, [](const std::string& text) {
    return hmac(kSecret, "HS256", text);
  });
  EXPECT_EQ(outcome(tokens, token), "it is no signed token");
}

TEST(Tokens, AreCheckedAgainstTheRules) {
  const Signer signer = Signer::ec("P-256");
  const auto tokens = with_key(signer);
  EXPECT_EQ(outcome(tokens, signed_by(signer, "ES256", good_claims(-120))), "the token is over");
}

TEST(KeySet, IsWantedOnceForAKeyThatIsNotKnown) {
  SignedTokenRules made = rules();
  made.keys_url = "http://127.0.0.1/keys";
  const auto tokens = make(made);
  ASSERT_TRUE(tokens) << tokens.error().message;
  const std::string token = signed_by(Signer::ec("P-256"), "ES256");
  const SignedTokens::Need first = (*tokens)->need(token);
  EXPECT_TRUE(first.fetch && first.wait);
  const SignedTokens::Need second = (*tokens)->need(token);
  EXPECT_TRUE(!second.fetch && second.wait);
  EXPECT_EQ(outcome(tokens, token), SignedTokens::kNoKeys);
  (*tokens)->keys_not_fetched();
  const SignedTokens::Need third = (*tokens)->need(token);
  EXPECT_TRUE(!third.fetch && !third.wait) << "nobody waits for what nobody does";
}

TEST(KeySet, IsNotFetchedForWhatIsRefusedAnyway) {
  SignedTokenRules made = rules();
  made.keys_url = "http://127.0.0.1/keys";
  const auto tokens = make(made);
  ASSERT_TRUE(tokens) << tokens.error().message;
  for (const std::string& token : {std::string("x"), signed_with(kSecret, "HS256")}) {
    const SignedTokens::Need need = (*tokens)->need(token);
    EXPECT_FALSE(need.fetch || need.wait);
  }
}

TEST(KeySet, WithoutAKeyThatCanBeUsedIsSaid) {
  const TemporaryFolder folder;
  Hooks hooks;
  hooks.log = [](LogLevel, std::string_view) {};
  const auto kernel = Kernel::create(
      *load_environment({{"DOCKERHUB_PLUGIN_PATH", folder.path().string()}}), std::move(hooks));
  ASSERT_TRUE(kernel) << kernel.error().message;
  for (const char* const text : {"{\"keys\":[]}", "no key set"}) {
    const http::ScriptedServer server({http::ok(text)});
    SignedTokenRules made = rules();
    made.keys_url = server.url("/keys").text();
    const auto tokens = make(made);
    ASSERT_TRUE(tokens) << tokens.error().message;
    const auto fetched = (*tokens)->fetch_keys(**kernel, {});
    ASSERT_FALSE(fetched) << text;
    EXPECT_EQ(fetched.error().kind, ErrorKind::configuration);
    EXPECT_THAT(fetched.error().message, testing::HasSubstr("/keys has no key that can be used"));
  }
}

TEST(SignedTokenRulesOf, NeedAnIssuerAndAnAudience) {
  for (std::string SignedTokenRules::*const part :
       {&SignedTokenRules::issuer, &SignedTokenRules::audience}) {
    SignedTokenRules made = rules();
    made.secret = kSecretSetting;
    made.*part = "";
    EXPECT_THAT(outcome(make(made), ""), testing::HasSubstr("need an issuer and an audience"));
  }
}

}  // namespace
}  // namespace dockerhub
