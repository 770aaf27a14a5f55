#include "credentials/login_file_edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string edited(std::string_view text, LoginFileKind kind, const LoginEdit& edit) {
  const auto changed = edited_logins(text, kind, edit, "the file");
  return changed ? std::string(changed->begin(), changed->end()) : changed.error().message;
}

std::string user_at(std::string_view text, std::string_view server) {
  SecretBook book;
  const auto login = login_under(text, server, "the file", book);
  if (!login) return login.error().message;
  if (!*login) return "nobody";
  return (*login)->user + " " + value_of((*login)->password) + value_of((*login)->identity_token);
}

TEST(LoginFileEdit, MakesAFile) {
  const std::string docker = edited({}, LoginFileKind::config_json, {"r.example", "ann", "s3cret"});
  EXPECT_EQ(docker,
            "{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"YW5uOnMzY3JldA==\"\n"
            "\t\t}\n\t}\n}\n");
  const std::string own = edited({}, LoginFileKind::own, {"r.example", "ann", "s3cret"});
  EXPECT_EQ(own, "{\"version\":1,\"auths\":{\"r.example\":{\"auth\":\"YW5uOnMzY3JldA==\"}}}\n")
      << "the version stands on the first line";
}

TEST(LoginFileEdit, LeavesWhatItDoesNotKnow) {
  const std::string text =
      R"({"HttpHeaders":{"X":"y"},"auths":{"a.example":{"auth":"YTpi"}},"currentContext":"c"})";
  const std::string changed =
      edited(text, LoginFileKind::config_json, {"b.example", "ann", "s3cret"});
  EXPECT_THAT(changed, HasSubstr("\"X\": \"y\""));
  EXPECT_THAT(changed, HasSubstr("\"currentContext\": \"c\""));
  EXPECT_EQ(user_at(changed, "a.example"), "a b");
  EXPECT_EQ(user_at(changed, "b.example"), "ann s3cret");
}

TEST(LoginFileEdit, ReplacesAndTakesOutOneLogin) {
  std::string text = edited({}, LoginFileKind::own, {"a.example", "ann", "one"});
  text = edited(text, LoginFileKind::own, {"b.example", "bob", "two"});
  text = edited(text, LoginFileKind::own, {"a.example", "ann", "three"});
  EXPECT_EQ(user_at(text, "a.example"), "ann three");
  text = edited(text, LoginFileKind::own, {"a.example", {}, {}});
  EXPECT_EQ(user_at(text, "a.example"), "nobody");
  EXPECT_EQ(user_at(text, "b.example"), "bob two");
  EXPECT_EQ(edited(text, LoginFileKind::own, {"c.example", {}, {}}), text) << "it was not there";
}

TEST(LoginFileEdit, KeepsIdentityTokensApart) {
  const std::string text =
      edited({}, LoginFileKind::own, {"r.example", "<token>", "refresh-token"});
  EXPECT_EQ(user_at(text, "r.example"), " refresh-token");
  const auto users = users_of_logins(text, "the file");
  ASSERT_TRUE(users);
  EXPECT_EQ(users->at("r.example"), "<token>");
}

TEST(LoginFileEdit, LeavesNoOtherSpellingThatWouldBeFoundFirst) {
  const std::string text =
      R"({"auths":{"docker.io":{"auth":"b2xkOmE="},"R.example:443":{"auth":"b2xkOmE="},)"
      R"("r.example:5000":{"auth":"b3RoZXI6YQ=="}}})";
  std::string changed =
      edited(text, LoginFileKind::config_json, {"https://index.docker.io/v1/", "ann", "s3cret"});
  EXPECT_THAT(changed, Not(HasSubstr("\"docker.io\"")));
  EXPECT_EQ(user_at(changed, "docker.io"), "ann s3cret");
  changed = edited(changed, LoginFileKind::config_json, {"r.example", {}, {}});
  EXPECT_EQ(user_at(changed, "r.example"), "nobody");
  EXPECT_EQ(user_at(changed, "r.example:5000"), "other a");
}

TEST(LoginFileEdit, KeepsAUserWithAColon) {
  const std::string text = edited({}, LoginFileKind::own, {"r.example", "a:b", "s3:cret"});
  EXPECT_EQ(user_at(text, "r.example"), "a:b s3:cret");
  EXPECT_EQ(users_of_logins(text, "the file").value().at("r.example"), "a:b");
}

TEST(SameServer, SeesThroughSpellings) {
  for (const char* const text :
       {"docker.io", "https://index.docker.io/v1", "index.docker.io:443", "REGISTRY-1.docker.io"})
    EXPECT_TRUE(same_server("https://index.docker.io/v1/", text)) << text;
  EXPECT_TRUE(same_server("r.example", "https://R.example/v2/"));
  EXPECT_TRUE(same_server("http://r.example:80", "r.example"));
  for (const char* const text :
       {"r.example:5000", "r.example/space", "s.example", "https://r.example/accounts/work"})
    EXPECT_FALSE(same_server("r.example", text)) << text;
  EXPECT_FALSE(
      same_server("https://index.docker.io/v1/", "https://index.docker.io/v1/access-token"));
}

TEST(LoginFileEdit, RefusesABrokenFileWithoutShowingIt) {
  for (const char* const text : {"{\"auths\":{\"CANARY", "[]", "CANARY"}) {
    const auto refused =
        edited_logins(text, LoginFileKind::config_json, {"r", "ann", "s3cret"}, "the file");
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
    EXPECT_THAT(refused.error().message, HasSubstr("the file"));
    EXPECT_THAT(refused.error().message + refused.error().hint, Not(HasSubstr("CANARY")));
  }
}

TEST(LoginFileEdit, HasAccountsThatAreNoRegistrysLogin) {
  const std::string text =
      edited({}, LoginFileKind::own, {"https://hub.example/accounts/work", "ann", "s3cret"});
  EXPECT_EQ(user_at(text, "https://hub.example/accounts/work"), "ann s3cret");
  SecretBook book;
  const auto found = find_login(text, LoginFileKind::own, {url("https://hub.example").origin, {}},
                                "the file", book);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->login, nullptr);
}

TEST(LoginFileEdit, NamesTheHelperOfATarget) {
  const std::string text =
      R"({"credsStore":"general","credHelpers":{"r.example":"special","none.example":""}})";
  const auto helper = [&](std::string_view registry) {
    return helper_for(text, {url(registry).origin, {}}, "the file").value();
  };
  EXPECT_EQ(helper("https://r.example"), "special");
  EXPECT_EQ(helper("https://other.example"), "general");
  EXPECT_EQ(helper("https://none.example"), "");
}

}  // namespace
}  // namespace dockerhub
