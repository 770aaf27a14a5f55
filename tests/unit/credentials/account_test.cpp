#include "credentials/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::map<std::string, std::string> with(std::map<std::string, std::string> variables,
                                        const std::map<std::string, std::string>& more) {
  variables.insert(more.begin(), more.end());
  return variables;
}

// "user", "bearer TOKEN" or "nobody".
std::string credential(const Account& account, Surface surface) {
  const auto found = account.for_surface(surface);
  if (!found) return "nobody";
  return found->login ? found->login->user : "bearer " + value_of(found->token);
}

std::string registry_user(const Account& account, std::string_view registry) {
  const auto login = account.for_registry(url(registry).origin);
  return login ? login->user : "nobody";
}

class AccountOfSettings : public testing::Test {
 protected:
  Settings settings_;
};

TEST_F(AccountOfSettings, BelongsToDockersHosts) {
  const Account account(settings_.load(kPair));
  for (const Surface surface : {Surface::hub, Surface::scim, Surface::scout})
    EXPECT_EQ(credential(account, surface), "ann");
  EXPECT_EQ(registry_user(account, "https://registry-1.docker.io"), "ann");
  EXPECT_EQ(registry_user(account, "https://docker.io"), "ann");
  EXPECT_THAT(account.warnings(), IsEmpty());
}

TEST_F(AccountOfSettings, BelongsToNoOtherRegistry) {
  const Account account(settings_.load(kPair));
  for (const char* const registry :
       {"https://ghcr.io", "https://registry-1.docker.io:444", "http://registry-1.docker.io",
        "https://registry-1.docker.io.evil.example", "https://auth.docker.io"})
    EXPECT_EQ(registry_user(account, registry), "nobody") << registry;
}

TEST_F(AccountOfSettings, BelongsToTheBaseUrlsThatItsOwnSourceSets) {
  const Account account(
      settings_.load(with(kPair, {{"DOCKERHUB_URL", "http://127.0.0.1:1000"},
                                  {"DOCKER_SCOUT_URL", "http://127.0.0.1:1001"},
                                  {"DOCKER_REGISTRY_URL", "http://127.0.0.1:1002"}})));
  EXPECT_EQ(credential(account, Surface::hub), "ann");
  EXPECT_EQ(credential(account, Surface::scout), "ann");
  EXPECT_EQ(registry_user(account, "http://127.0.0.1:1002"), "ann");
  EXPECT_EQ(registry_user(account, "http://127.0.0.1:1003"), "nobody");
  EXPECT_EQ(registry_user(account, "https://registry-1.docker.io"), "nobody")
      << "what is for a stand-in is not for Docker";
}

TEST_F(AccountOfSettings, IsNotSentToABaseUrlOfAnotherSource) {
  const Account account(settings_.load(
      {{"DOCKERHUB_URL", "https://hub.example"}, {"DOCKER_REGISTRY_URL", "https://r.example"}},
      "account:\n  user: ann\n  secret: token-of-ann\n"));
  EXPECT_EQ(credential(account, Surface::hub), "nobody");
  EXPECT_EQ(credential(account, Surface::scim), "nobody");
  EXPECT_EQ(credential(account, Surface::scout), "nobody") << "it would be minted at hub.example";
  EXPECT_EQ(registry_user(account, "https://r.example"), "nobody");
  EXPECT_EQ(registry_user(account, "https://registry-1.docker.io"), "ann");
  EXPECT_THAT(account.warnings(),
              Contains(AllOf(HasSubstr("config.yaml:3"), HasSubstr("https://hub.example"),
                             HasSubstr("environment DOCKERHUB_URL"))));
}

TEST_F(AccountOfSettings, IsNotSentToAWeakerSourcesBaseUrlEither) {
  const Account account(settings_.load(kPair, "hub:\n  url: https://hub.example\n"));
  EXPECT_EQ(credential(account, Surface::hub), "nobody");
}

TEST_F(AccountOfSettings, IsDockersAgainWhereTheOtherSourceNamesDockersHost) {
  const Account account(settings_.load(kPair, "hub:\n  url: https://hub.docker.com/\n"));
  EXPECT_EQ(credential(account, Surface::hub), "ann");
}

TEST_F(AccountOfSettings, NeedsUserAndSecret) {
  EXPECT_EQ(credential(Account(settings_.load({{"DOCKER_HUB_TOKEN", "x"}})), Surface::hub),
            "nobody");
  EXPECT_EQ(credential(Account(settings_.load({{"DOCKER_HUB_USER", "x"}})), Surface::hub),
            "nobody");
}

TEST_F(AccountOfSettings, GivesWayToAReadyTokenExceptForRegistries) {
  const Account account(settings_.load(with(kPair, {{"DOCKERHUB_JWT", "ready"}})));
  EXPECT_EQ(credential(account, Surface::hub), "bearer ready");
  EXPECT_EQ(credential(account, Surface::scout), "bearer ready");
  EXPECT_EQ(credential(account, Surface::scim), "bearer ready");
  EXPECT_EQ(registry_user(account, "https://registry-1.docker.io"), "ann");
}

TEST_F(AccountOfSettings, HasATokenOfItsOwnForScim) {
  const Account account(settings_.load(with(kPair, {{"DOCKERHUB_SCIM_TOKEN", "scim-token"}})));
  EXPECT_EQ(credential(account, Surface::scim), "bearer scim-token");
  EXPECT_EQ(credential(account, Surface::hub), "ann");
}

TEST_F(AccountOfSettings, HasAScimTokenThatBelongsToTheSameHostAsItsSource) {
  const Account account(settings_.load({{"DOCKERHUB_SCIM_TOKEN", "scim-token"}},
                                       "hub:\n  url: https://hub.example\n"));
  EXPECT_EQ(credential(account, Surface::scim), "nobody");
}

TEST_F(AccountOfSettings, NamesTheTokenServiceOfItsRegistryOnly) {
  const Account account(
      settings_.load(with(kPair, {{"DOCKER_REGISTRY_URL", "https://r.example"},
                                  {"DOCKER_REGISTRY_AUTH_URL", "https://tokens.example/token"}})));
  const auto login = account.for_registry(url("https://r.example").origin);
  EXPECT_TRUE(account.names_token_service(url("https://r.example").origin, login.get()));
  EXPECT_FALSE(account.names_token_service(url("https://s.example").origin, nullptr));
  const Account other(settings_.load(with(kPair, {{"DOCKER_REGISTRY_URL", "https://r.example"}}),
                                     "registry:\n  auth_url: https://tokens.example/token\n"));
  EXPECT_FALSE(other.names_token_service(url("https://r.example").origin, login.get()));
}

}  // namespace
}  // namespace dockerhub
