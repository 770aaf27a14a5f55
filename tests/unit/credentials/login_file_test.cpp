#include "credentials/login_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credentials/secret_base64.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string base64(std::string_view text) {
  const SecretBytes bytes = secret_to_base64(text);
  return {bytes.begin(), bytes.end()};
}

std::string auth(std::string_view text) {
  return "{\"auth\": \"" + base64(text) + "\"}";
}

class LoginFile : public testing::Test {
 protected:
  Result<FoundLogin> find(std::string_view text, std::string_view registry,
                          std::string_view repository = {},
                          LoginFileKind kind = LoginFileKind::config_json) {
    const LoginTarget target{http::parse_url(registry).value().origin, std::string(repository)};
    return find_login(text, kind, target, "FILE", book_);
  }
  // "user:password" of the login that is found, or "none".
  std::string pair(std::string_view text, std::string_view registry,
                   std::string_view repository = {},
                   LoginFileKind kind = LoginFileKind::config_json) {
    const auto found = find(text, registry, repository, kind);
    if (!found) return "error: " + found.error().message;
    if (!found->login) return "none";
    return found->login->user + ':' + std::string(found->login->password->reveal());
  }

  SecretBook book_;
};

TEST_F(LoginFile, HasALoginForOneHostAndPort) {
  const std::string text = R"({"auths": {"r.example:5000": )" + auth("ann:pa:ss") + "}}";
  EXPECT_EQ(pair(text, "https://r.example:5000"), "ann:pa:ss");
  EXPECT_EQ(pair(text, "https://r.example"), "none");
  EXPECT_EQ(pair(text, "https://r.example:5001"), "none");
  EXPECT_EQ(pair(text, "https://other.example:5000"), "none");
}

TEST_F(LoginFile, KnowsAHostInEachOfItsSpellings) {
  for (const char* const key : {"r.example", "R.Example", "https://r.example", "https://r.example/",
                                "https://r.example/v2/", "https://r.example/some/path",
                                "r.example:443", "http://r.example"}) {
    EXPECT_EQ(pair("{\"auths\": {\"" + std::string(key) + "\": " + auth("ann:x") + "}}",
                   "https://r.example"),
              "ann:x")
        << key;
  }
}

TEST_F(LoginFile, KnowsDockerHubUnderItsOldAddress) {
  const std::string text = R"({"auths": {"https://index.docker.io/v1/": )" + auth("ann:hub") + "}}";
  EXPECT_EQ(pair(text, "https://registry-1.docker.io"), "ann:hub");
  EXPECT_EQ(pair(text, "https://r.example"), "none");
  EXPECT_EQ(pair(text, "http://registry-1.docker.io"), "none");
}

TEST_F(LoginFile, DoesNotTakeDockersOtherTokensForTheLogin) {
  const std::string text = R"({"auths": {"https://index.docker.io/v1/access-token": )" +
                           auth("ann:access") + R"(, "https://index.docker.io/v1/": )" +
                           auth("ann:hub") + "}}";
  EXPECT_EQ(pair(text, "https://registry-1.docker.io"), "ann:hub");
}

TEST_F(LoginFile, TakesTheLongestPartOfTheNameInAuthJson) {
  const std::string text = R"({"auths": {"r.example": )" + auth("host:x") +
                           R"(, "r.example/team": )" + auth("team:x") +
                           R"(, "r.example/team/app": )" + auth("app:x") + "}}";
  const auto kind = LoginFileKind::auth_json;
  EXPECT_EQ(pair(text, "https://r.example", "team/app", kind), "app:x");
  EXPECT_EQ(pair(text, "https://r.example", "team/app/part", kind), "app:x");
  EXPECT_EQ(pair(text, "https://r.example", "team/apple", kind), "team:x");
  EXPECT_EQ(pair(text, "https://r.example", "teams", kind), "host:x");
  EXPECT_EQ(pair(text, "https://r.example", "", kind), "host:x");
}

TEST_F(LoginFile, HasPartsOfNamesForDockerHubToo) {
  const std::string text = R"({"auths": {"docker.io/team": )" + auth("team:x") + "}}";
  const auto kind = LoginFileKind::auth_json;
  EXPECT_EQ(pair(text, "https://registry-1.docker.io", "team/app", kind), "team:x");
  EXPECT_EQ(pair(text, "https://registry-1.docker.io", "library/alpine", kind), "none");
}

TEST_F(LoginFile, HasIdentityAndRegistryTokens) {
  const auto found = find(
      R"({"auths": {"r.example": {"identitytoken": "id-token", "registrytoken": "reg-token"}}})",
      "https://r.example");
  ASSERT_TRUE(found && found->login);
  EXPECT_EQ(found->login->identity_token->reveal(), "id-token");
  EXPECT_EQ(found->login->registry_token->reveal(), "reg-token");
  EXPECT_EQ(found->login->password, nullptr);
  EXPECT_EQ(book_.known()->values.size(), 2U) << "known to redaction";
}

TEST_F(LoginFile, NamesTheHelperToAsk) {
  const char* const text =
      R"({"credsStore": "general", "credHelpers": {"r.example": "special", "none.example": ""}})";
  EXPECT_EQ(find(text, "https://r.example")->helper, "special");
  EXPECT_EQ(find(text, "https://r.example")->server, "r.example");
  EXPECT_EQ(find(text, "https://other.example:5000")->helper, "general");
  EXPECT_EQ(find(text, "https://other.example:5000")->server, "other.example:5000");
  EXPECT_EQ(find(text, "https://registry-1.docker.io")->server, "https://index.docker.io/v1/");
  EXPECT_EQ(find(text, "https://none.example")->helper, "");
}

TEST_F(LoginFile, MakesOnlyTheLoginThatWasAskedForKnown) {
  const std::string text = R"({"auths": {"a.example": )" + auth("ann:secret-of-a") +
                           R"(, "b.example": )" + auth("ann:secret-of-b") + "}}";
  EXPECT_EQ(pair(text, "https://a.example"), "ann:secret-of-a");
  for (const Secret& known : book_.known()->values)
    EXPECT_THAT(std::string(known.reveal()), Not(HasSubstr("secret-of-b")));
}

TEST_F(LoginFile, HasEntriesWithoutALogin) {
  EXPECT_EQ(pair(R"({"auths": {"r.example": {}}})", "https://r.example"), "none");
  EXPECT_EQ(pair(R"({"auths": {"r.example": 7}})", "https://r.example"), "none");
  EXPECT_EQ(pair(R"({"auths": []})", "https://r.example"), "none");
  EXPECT_EQ(pair("{}", "https://r.example"), "none");
}

TEST_F(LoginFile, IsRefusedByNameAndWithoutItsTextWhenBroken) {
  for (const std::string& text :
       {std::string("{\"auths\": {\"r.example\": {\"auth\": \"SECRET*\"}}}"),
        std::string("{\"auths\": {\"r.example\": {\"auth\": \"") + base64("SECRET-no-colon") +
            "\"}}}",
        std::string("{\"auths\": SECRET"), std::string("[\"SECRET\"]"), std::string()}) {
    const auto found = find(text, "https://r.example");
    ASSERT_FALSE(found) << text;
    EXPECT_EQ(found.error().kind, ErrorKind::configuration);
    EXPECT_THAT(found.error().message, HasSubstr("FILE"));
    EXPECT_THAT(found.error().message + found.error().hint, Not(HasSubstr("SECRET")));
  }
}

TEST(Base64, IsReadWithAndWithoutPadding) {
  for (const char* const text : {"", "a", "ab", "abc", "abcd", "\xff\xfe\xfd"}) {
    const SecretBytes encoded = secret_to_base64(text);
    std::string_view letters(encoded.data(), encoded.size());
    const auto padded = secret_from_base64(letters);
    ASSERT_TRUE(padded);
    EXPECT_EQ(std::string(padded->begin(), padded->end()), text);
    while (!letters.empty() && letters.back() == '=') letters.remove_suffix(1);
    EXPECT_EQ(secret_from_base64(letters), padded);
  }
  for (const char* const text : {"a", "a*bc", "ab=c", "ab===", "====", "abcde"})
    EXPECT_FALSE(secret_from_base64(text)) << text;
}

}  // namespace
}  // namespace dockerhub
