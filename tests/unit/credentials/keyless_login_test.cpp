#include "credentials/keyless_login.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credentials/credentials.hpp"
#include "credentials/registry_authorizer.hpp"
#include "fakes.hpp"
#include "redaction/redactor.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::map<std::string, std::string> kJob = {
    {"DOCKER_HUB_USER", "shop"},
    {"DOCKERHUB_OIDC_CONNECTIONID", "0b2f6c1e-1111-4222-8333-944445555666"},
    {"ACTIONS_ID_TOKEN_REQUEST_URL", "https://jobs.example/token?api-version=2.0"},
    {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "token-of-the-job"}};

std::map<std::string, std::string> with_variables(std::map<std::string, std::string> environment,
                                                  const std::map<std::string, std::string>& more) {
  for (const auto& [name, value] : more) environment[name] = value;
  return environment;
}

// GitHub, Docker's identity service, Docker Hub's log-in and the registries' token service.
class Keyless : public testing::Test {
 protected:
  void use(const std::map<std::string, std::string>& environment,
           const std::string& user_file = {}) {
    configuration_.emplace(settings_.load(environment, user_file));
    keyless_ =
        std::make_shared<KeylessLogin>(*configuration_, service_.fetch(), time_.clocks(), nullptr);
    account_ = std::make_shared<const Account>(*configuration_);
    access_ = std::make_shared<RegistryAccess>(
        *configuration_, account_, service_.fetch(), time_.clocks(), [](std::string_view) {},
        keyless_);
  }
  Result<http::Answer> reply(const http::Request& request) {
    const std::string& host = request.url.origin.host;
    if (host == "jobs.example") return job_;
    if (host == "identity.docker.com")
      return identity_status_ == 200 ? answer(200, R"({")" + token_name_ + R"(":"access-)" +
                                                       std::to_string(++exchanged_) + "\"}")
                                     : answer(identity_status_, "{}");
    if (host == "hub.docker.com") return answer(hub_status_, R"({"token":"hub-token"})");
    ++asked_;
    return token_status_ == 200 ? answer(200, R"({"token":"pull-token","expires_in":60})")
                                : answer(std::exchange(token_status_, 200), "{}");
  }
  std::vector<http::Request> sent_to(std::string_view host) const {
    std::vector<http::Request> sent;
    for (const http::Request& request : service_.requests()) {
      if (request.url.origin.host == host) sent.push_back(request);
    }
    return sent;
  }
  Result<Exchanged> pull(const std::string& registry = "https://registry-1.docker.io") {
    RegistryAuthorizer authorizer(access_, url(registry).origin, "repository:shop/app:pull");
    return exchange(authorizer, registry + "/v2/x",
                    [](const std::string&) { return std::pair(200, std::string()); });
  }

  Settings settings_;
  FakeClocks time_;
  http::Answer job_ = answer(200, R"({"count":1,"value":"identity-of-the-job"})");
  std::string token_name_ = "access_token";
  int identity_status_ = 200, hub_status_ = 200, token_status_ = 200;
  int exchanged_ = 0, asked_ = 0;
  FakeService service_{[this](const http::Request& request) { return reply(request); }};
  std::optional<Configuration> configuration_;
  std::shared_ptr<const Account> account_;
  std::shared_ptr<KeylessLogin> keyless_;
  std::shared_ptr<RegistryAccess> access_;
};

TEST_F(Keyless, ExchangesTheIdentityOfTheJobForAPassword) {
  use(kJob);
  const auto login = keyless_->get({});
  ASSERT_TRUE(login);
  EXPECT_EQ((*login)->user, "shop");
  EXPECT_EQ(value_of((*login)->password), "access-1");
  const auto asked = sent_to("jobs.example");
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(
      asked[0].url.text(),
      "https://jobs.example/token?api-version=2.0&audience=https%3A%2F%2Fidentity.docker.com");
  EXPECT_EQ(value_of(asked[0].authorization), "Bearer token-of-the-job");
  const auto exchanged = sent_to("identity.docker.com");
  ASSERT_EQ(exchanged.size(), 1U);
  EXPECT_EQ(exchanged[0].method, "POST");
  EXPECT_EQ(exchanged[0].url.text(), "https://identity.docker.com/oauth/token");
  EXPECT_EQ(exchanged[0].headers.find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(exchanged[0].authorization, nullptr);
  EXPECT_EQ(exchanged[0].body,
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
            "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"
            "&connection_id=0b2f6c1e-1111-4222-8333-944445555666&expires_in=300"
            "&subject_token=identity-of-the-job");
}

TEST_F(Keyless, AsksForTheTimeThatIsConfigured) {
  use(with_variables(kJob, {{"DOCKERHUB_OIDC_EXPIREIN", "3600"}}));
  ASSERT_TRUE(keyless_->get({}));
  EXPECT_THAT(sent_to("identity.docker.com").at(0).body, HasSubstr("&expires_in=3600&"));
  time_.pass(seconds(3539));
  ASSERT_TRUE(keyless_->get({}));
  EXPECT_EQ(exchanged_, 1);
}

TEST_F(Keyless, ExchangesAgainShortlyBeforeTheEnd) {
  use(kJob);
  keyless_->get({});
  time_.pass(seconds(249));
  EXPECT_EQ(value_of((*keyless_->get({}))->password), "access-1");
  time_.pass(seconds(1));
  EXPECT_EQ(value_of((*keyless_->get({}))->password), "access-2");
}

TEST_F(Keyless, MakesBothTokensKnownToRedaction) {
  use(kJob);
  keyless_->get({});
  const Redactor redactor(configuration_->impl().book);
  for (const char* const secret : {"token-of-the-job", "identity-of-the-job", "access-1"})
    EXPECT_TRUE(redactor.holds_secret(secret)) << secret;
}

TEST_F(Keyless, IsThePasswordTowardsDockersTokenService) {
  use(kJob);
  EXPECT_THAT(pull()->authorizations, ElementsAre("Bearer pull-token"));
  EXPECT_EQ(value_of(sent_to("auth.docker.io").at(0).authorization), basic("shop:access-1"));
}

TEST_F(Keyless, IsNoPasswordForOtherRegistries) {
  use(kJob);
  EXPECT_THAT(pull("https://r.example")->authorizations, ElementsAre(""));
  EXPECT_THAT(service_.requests(), IsEmpty());
}

TEST_F(Keyless, ExchangesAgainAtOnceWhenItIsRefusedInTheMiddle) {
  use(kJob);
  pull();
  time_.pass(seconds(70));
  token_status_ = 401;
  EXPECT_THAT(pull()->authorizations, ElementsAre("Bearer pull-token"));
  EXPECT_EQ(exchanged_, 2);
}

TEST_F(Keyless, StandsBackForASecret) {
  use(with_variables(kJob, {{"DOCKER_HUB_TOKEN", "token-of-ann"}}));
  pull();
  EXPECT_EQ(exchanged_, 0);
  EXPECT_EQ(value_of(sent_to("auth.docker.io").at(0).authorization), basic("shop:token-of-ann"));
}

TEST_F(Keyless, SaysWhatTheJobLacks) {
  for (const char* const name :
       {"ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"}) {
    auto environment = kJob;
    environment.erase(name);
    use(environment);
    const auto login = keyless_->get({});
    ASSERT_FALSE(login);
    EXPECT_EQ(login.error().kind, ErrorKind::configuration);
    EXPECT_THAT(login.error().hint, HasSubstr("id-token: write"));
  }
  auto environment = kJob;
  environment.erase("DOCKER_HUB_USER");
  use(environment);
  EXPECT_THAT(keyless_->get({}).error().hint, HasSubstr("DOCKER_HUB_USER"));
  EXPECT_THAT(service_.requests(), IsEmpty());
}

TEST_F(Keyless, AsksOnlyAnAddressOfTheJobsOwnSource) {
  use(with_variables(kJob, {{"ACTIONS_ID_TOKEN_REQUEST_URL", "http://jobs.example/token"}}));
  EXPECT_EQ(keyless_->get({}).error().kind, ErrorKind::configuration);
  auto environment = kJob;
  environment.erase("ACTIONS_ID_TOKEN_REQUEST_URL");
  use(environment, "account:\n  oidc_request_url: https://evil.example/token\n");
  EXPECT_EQ(keyless_->get({}).error().kind, ErrorKind::configuration);
  EXPECT_THAT(service_.requests(), IsEmpty());
}

TEST_F(Keyless, IsNotSentToAnIdentityServiceOfAnotherSource) {
  use(kJob, "identity:\n  url: https://evil.example\n");
  pull();
  EXPECT_THAT(sent_to("evil.example"), IsEmpty());
  EXPECT_THAT(sent_to("jobs.example"), IsEmpty());
  EXPECT_THAT(account_->warnings(), ElementsAre(HasSubstr("https://evil.example")));
}

TEST_F(Keyless, SaysWhoRefusedIt) {
  use(kJob);
  identity_status_ = 403;
  const auto login = keyless_->get({});
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().kind, ErrorKind::auth);
  EXPECT_THAT(login.error().message, HasSubstr("identity.docker.com"));
  EXPECT_THAT(login.error().hint, HasSubstr("DOCKERHUB_OIDC_CONNECTIONID"));
  EXPECT_THAT(login.error().message, Not(HasSubstr("of-the-job")));
}

TEST_F(Keyless, IsTriedForDockerHubsOwnApiAndSaysWhatItIsNotGoodFor) {
  use(kJob);
  Credentials credentials(*configuration_, service_.fetch(), [](LogLevel, std::string_view) {});
  EXPECT_EQ(credentials.identity().kind, "oidc");
  EXPECT_EQ(credentials.identity().name, "shop");
  EXPECT_TRUE(credentials.sign_in({}));
  EXPECT_THAT(sent_to("hub.docker.com").at(0).body,
              HasSubstr(R"({"identifier":"shop","secret":"access-1"})"));
  hub_status_ = 401;
  Credentials refused(*configuration_, service_.fetch(), [](LogLevel, std::string_view) {});
  const auto done = refused.sign_in({});
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("does not take the keyless log-in of shop"));
  EXPECT_THAT(done.error().hint, HasSubstr("serves registries"));
}

TEST_F(Keyless, SaysThatGitHubDidNotSayWhoTheJobIs) {
  use(kJob);
  job_ = answer(401, "CANARY");
  const auto refused = keyless_->get({});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::auth);
  EXPECT_EQ(refused.error().status_code, 401);
  EXPECT_THAT(refused.error().hint, HasSubstr("id-token: write"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("CANARY")));
  EXPECT_THAT(sent_to("identity.docker.com"), IsEmpty());
}

TEST_F(Keyless, NeedsTheIdentityInTheAnswerOfGitHub) {
  for (const char* const body : {"", "CANARY", "{}", R"({"value":""})", R"({"value":7})"}) {
    use(kJob);
    job_ = answer(200, body);
    const auto nobody = keyless_->get({});
    ASSERT_FALSE(nobody) << body;
    EXPECT_EQ(nobody.error().kind, ErrorKind::auth);
    EXPECT_THAT(nobody.error().message, HasSubstr("https://jobs.example does not say who"));
    EXPECT_THAT(nobody.error().message, Not(HasSubstr("CANARY")));
  }
  EXPECT_THAT(sent_to("identity.docker.com"), IsEmpty());
}

TEST_F(Keyless, NeedsATokenInTheAnswerOfTheIdentityService) {
  use(kJob);
  token_name_ = "other";
  const auto nothing = keyless_->get({});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::auth);
  EXPECT_THAT(nothing.error().message, HasSubstr("no token from https://identity.docker.com"));
  EXPECT_THAT(nothing.error().message, Not(HasSubstr("access-1")));
}

}  // namespace
}  // namespace dockerhub
