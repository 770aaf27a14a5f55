#include "settings.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

namespace dockerhub::rest {
namespace {

using testing::HasSubstr;

using Environment = std::map<std::string, std::string>;

Result<Settings> settings(const Environment& environment,
                          const std::vector<std::string>& confirm_for = {}) {
  ConfigurationSources sources;
  sources.program = ConfigurationSources::Program::rest;
  sources.read_user_file = false;
  sources.system_file.clear();
  sources.environment = environment;
  const auto configuration = Configuration::load(sources);
  if (!configuration) return Failure(configuration.error());
  Arguments arguments;
  arguments.confirm_for = confirm_for;
  return read_settings(*configuration, arguments);
}

Environment signed_tokens(const Environment& more = {}) {
  Environment all = {{"DOCKERHUB_REST_AUTH_TYPE", "jwt"},
                     {"DOCKERHUB_REST_TOKEN_ISSUER", "https://issuer.example"},
                     {"DOCKERHUB_REST_TOKEN_AUDIENCE", "https://hub.example/v1"},
                     {"DOCKERHUB_REST_TOKEN_JWKS_URI", "https://issuer.example/keys"}};
  all.insert(more.begin(), more.end());
  return all;
}

// Why they are refused; "accepted" otherwise.
std::string refusal(const Environment& environment, const std::vector<std::string>& confirm_for) {
  const auto read = settings(environment, confirm_for);
  return read ? "accepted" : read.error().message;
}

// It would answer for the person whom another setting wants asked.
TEST(Settings, OfAllProgramsDoNotLiftTheConsentOfThisOne) {
  const auto refused = settings({{"DOCKERHUB_CONFIRM", "never"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_NE(refused.error().message.find("DOCKERHUB_CONFIRM"), std::string::npos);
  const auto both = settings({{"DOCKERHUB_CONFIRM", "never"}, {"DOCKERHUB_REST_CONFIRM", "never"}});
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->confirm, server::Confirm::never);
  EXPECT_TRUE(settings({}));
}

TEST(Settings, SayWhoConsentsForASubjectOfSignedTokens) {
  const auto read =
      settings(signed_tokens(), {"robot=never", "repo:acme/app:ref=v1=other-principal"});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->confirm, server::Confirm::two_step);
  const server::Confirms named = {{"robot", server::Confirm::never},
                                  {"repo:acme/app:ref=v1", server::Confirm::other_principal}};
  EXPECT_EQ(read->reach.tokens.confirms, named);
}

TEST(Settings, OfWhoConsentsForASubjectAreRefusedWhereTheyAreNotClear) {
  for (const char* text : {"robot", "robot=", "robot=sometimes", "robot=Never", "=never", ""}) {
    EXPECT_THAT(refusal(signed_tokens(), {text}), HasSubstr("--confirm-for " + std::string(text)));
  }
  EXPECT_THAT(refusal(signed_tokens(), {"robot=never", "robot=two-step"}), HasSubstr("twice"));
  // No token of such a subject is accepted.
  EXPECT_THAT(refusal(signed_tokens(), {"robot [read]=never"}), HasSubstr("never let in"));
  EXPECT_THAT(refusal({}, {"robot=never"}), HasSubstr("'none'"));
}

TEST(Settings, OfAllProgramsDoNotLiftTheConsentOfASubject) {
  const Environment nobody =
      signed_tokens({{"DOCKERHUB_CONFIRM", "never"}, {"DOCKERHUB_REST_CONFIRM", "never"}});
  EXPECT_THAT(refusal(nobody, {"robot=two-step"}), HasSubstr("DOCKERHUB_CONFIRM"));
  EXPECT_EQ(refusal(nobody, {"robot=never"}), "accepted");
}

}  // namespace
}  // namespace dockerhub::rest
