// Where credentials go over real connections: two registries and a third host, each of which keeps a journal of
// what it was sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "credentials/credentials.hpp"
#include "fakes.hpp"
#include "settings.hpp"
#include "site.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string unauthorized(const std::string& challenge) {
  return "HTTP/1.1 401 x\r\nContent-Length: 0\r\nWWW-Authenticate: " + challenge + "\r\n\r\n";
}

class Journeys : public testing::Test {
 protected:
  Journeys() {
    settings_.folder().write(".docker/config.json",
                             R"({"auths": {")" + first_.authority() +
                                 R"(": {"username": "ann", "password": "of-first"}, ")" +
                                 second_.authority() +
                                 R"(": {"username": "bob", "password": "of-second"}}})");
    environment_ = {{"HOME", settings_.folder().path().string()},
                    {"DOCKER_HUB_USER", "hub-user"},
                    {"DOCKER_HUB_TOKEN", "of-docker-hub"}};
  }

  void use(const std::string& user_file = {}) {
    client_ = std::make_unique<http::Client>(http::ClientOptions{});
    credentials_ = std::make_unique<Credentials>(settings_.load(environment_, user_file), *client_,
                                                 [](LogLevel, std::string_view) {});
  }
  Result<http::Answer> get(const Site& site, const std::string& path,
                           std::string_view scope = "repository:a:pull") {
    http::Request request;
    request.url = url(site.url(path));
    request.authorizer = credentials_->registry(request.url.origin, scope);
    return client_->fetch(std::move(request), {}, 1 << 20);
  }
  // Wants a token of that service, under /token of which it gives one by itself.
  static void wants_token(Site& site, const std::string& realm, const std::string& token) {
    site.answer_by([realm, token](const std::string& path, const std::string& authorization) {
      if (path.rfind("/token", 0) == 0) return http::ok("{\"token\":\"" + token + "\"}");
      if (authorization == "Bearer " + token) return http::ok("content");
      return unauthorized("Bearer realm=\"" + realm +
                          "\",service=\"s\",scope=\"repository:a:pull\"");
    });
  }

  Settings settings_;
  Site first_{"127.0.0.1"}, second_{"127.0.0.1"}, third_{"localhost"};
  std::map<std::string, std::string> environment_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<Credentials> credentials_;
};

TEST_F(Journeys, EachRegistryGetsItsOwnLoginAndToken) {
  use();
  wants_token(first_, first_.url("/token"), "token-of-first");
  wants_token(second_, second_.url("/token"), "token-of-second");
  ASSERT_EQ(get(first_, "/v2/a/manifests/1")->body, "content");
  ASSERT_EQ(get(second_, "/v2/a/manifests/1")->body, "content");
  EXPECT_THAT(first_.authorizations(), ElementsAre(basic("ann:of-first"), "Bearer token-of-first"));
  EXPECT_THAT(second_.authorizations(),
              ElementsAre(basic("bob:of-second"), "Bearer token-of-second"));
  EXPECT_THAT(third_.requests(), IsEmpty());
}

// Refuses the first request as one too many. The flag is shared, since a site answers by copies.
Site::Answer busy_at_first(const std::string& content) {
  const auto is_busy = std::make_shared<std::atomic<bool>>(true);
  return [is_busy, content](const std::string&, const std::string&) {
    return is_busy->exchange(false) ? http::status(429, "Retry-After: 0\r\n") : http::ok(content);
  };
}

TEST_F(Journeys, ATokenServiceThatIsBusyIsAskedOnceMore) {
  settings_.folder().write(".docker/config.json", "{}");
  use();
  wants_token(first_, third_.url("/token"), "a-token");
  third_.answer_by(busy_at_first(R"({"token":"a-token"})"));
  ASSERT_EQ(get(first_, "/v2/a/manifests/1")->body, "content");
  EXPECT_EQ(third_.requests().size(), 2U);
  EXPECT_EQ(first_.requests().size(), 2U);
}

TEST_F(Journeys, ADockerHubThatIsBusyAtTheLogInIsAskedOnceMore) {
  environment_["DOCKERHUB_URL"] = first_.url();
  use();
  const Site::Answer log_in = busy_at_first(R"({"access_token":"t"})");
  first_.answer_by([log_in](const std::string& path, const std::string& authorization) {
    if (path == "/v2/auth/token") return log_in(path, authorization);
    return authorization == "Bearer t" ? http::ok("content") : http::status(401);
  });
  http::Request request;
  request.url = url(first_.url("/v2/namespaces/a"));
  request.authorizer = credentials_->hub();
  const auto answer = client_->fetch(std::move(request), {}, 1 << 20);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "content");
  EXPECT_THAT(first_.requests(),
              ElementsAre(HasSubstr("POST /v2/auth/token "), HasSubstr("POST /v2/auth/token "),
                          HasSubstr("GET /v2/namespaces/a ")));
  EXPECT_THAT(first_.authorizations(), ElementsAre("Bearer t"));
}

TEST_F(Journeys, ABusyGitHubAndABusyIdentityServiceAreAskedOnceMore) {
  environment_ = {{"DOCKER_HUB_USER", "shop"},
                  {"DOCKERHUB_OIDC_CONNECTIONID", "0b2f6c1e-1111-4222-8333-944445555666"},
                  {"ACTIONS_ID_TOKEN_REQUEST_URL", third_.url("/job")},
                  {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "token-of-the-job"},
                  {"DOCKERHUB_IDENTITY_URL", second_.url()},
                  {"DOCKER_REGISTRY_URL", first_.url()},
                  {"DOCKER_REGISTRY_AUTH_URL", first_.url("/token")}};
  use();
  third_.answer_by(busy_at_first(R"({"value":"identity-of-the-job"})"));
  second_.answer_by(busy_at_first(R"({"access_token":"access"})"));
  wants_token(first_, first_.url("/token"), "pull-token");
  ASSERT_EQ(get(first_, "/v2/a/manifests/1")->body, "content");
  EXPECT_EQ(third_.requests().size(), 2U);
  EXPECT_EQ(second_.requests().size(), 2U);
  EXPECT_THAT(second_.requests(), Each(HasSubstr("subject_token=identity-of-the-job")));
  EXPECT_THAT(first_.authorizations(), ElementsAre(basic("shop:access"), "Bearer pull-token"));
}

TEST_F(Journeys, AThirdHostGetsNothingBecauseARegistryNamesIt) {
  use();
  wants_token(first_, third_.url("/token"), "stolen");
  const auto refused = get(first_, "/v2/a/manifests/1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::auth);
  EXPECT_THAT(refused.error().message, HasSubstr(third_.url("/token")));
  EXPECT_THAT(refused.error().hint, HasSubstr("registry.realms"));
  EXPECT_THAT(third_.requests(), IsEmpty());
  EXPECT_THAT(first_.authorizations(), IsEmpty());
}

TEST_F(Journeys, ARegistryGetsNoLoginOfAnotherOneByNamingItsService) {
  use();
  wants_token(second_, second_.url("/token"), "token-of-second");
  wants_token(first_, second_.url("/token"), "token-of-second");
  ASSERT_TRUE(get(second_, "/v2/a/manifests/1"));
  get(first_, "/v2/a/manifests/1");
  EXPECT_THAT(first_.authorizations(), Each(AllOf(Not(HasSubstr(basic("bob:of-second"))))));
  EXPECT_THAT(second_.authorizations(), testing::Contains(basic("bob:of-second")).Times(1))
      << "the token for ann is asked for by ann";
}

TEST_F(Journeys, AThirdHostGivesTokensOfNobodyWithoutBeingToldAnything) {
  settings_.folder().write(".docker/config.json", "{}");
  use();
  wants_token(first_, third_.url("/token"), "token-of-nobody");
  wants_token(third_, third_.url("/token"), "token-of-nobody");
  ASSERT_EQ(get(first_, "/v2/a/manifests/1")->body, "content");
  EXPECT_THAT(third_.authorizations(), IsEmpty());
  EXPECT_EQ(third_.requests().size(), 1U);
  EXPECT_THAT(first_.authorizations(), ElementsAre("Bearer token-of-nobody"));
}

TEST_F(Journeys, AThirdHostGetsTheLoginOfTheRegistryThatTheOperatorPairedItWith) {
  use("registry:\n  realms: " + first_.authority() + "=localhost\n");
  wants_token(first_, third_.url("/token"), "token-of-third");
  wants_token(second_, third_.url("/token"), "token-of-third");
  wants_token(third_, third_.url("/token"), "token-of-third");
  ASSERT_EQ(get(first_, "/v2/a/manifests/1")->body, "content");
  EXPECT_FALSE(get(second_, "/v2/a/manifests/1"));
  EXPECT_THAT(third_.authorizations(), ElementsAre(basic("ann:of-first")));
}

TEST_F(Journeys, ATokenDoesNotGoWithARedirect) {
  use();
  first_.answer_by([&](const std::string& path, const std::string& authorization) {
    if (path.rfind("/token", 0) == 0) return http::ok(R"({"token":"token-of-first"})");
    if (authorization.empty())
      return unauthorized("Bearer realm=\"" + first_.url("/token") + "\",service=\"s\"");
    return "HTTP/1.1 307 x\r\nContent-Length: 0\r\nLocation: " + second_.url("/blob") + "\r\n\r\n";
  });
  second_.answer_by([](const std::string&, const std::string&) { return http::ok("blob"); });
  ASSERT_EQ(get(first_, "/v2/a/blobs/1")->body, "blob");
  EXPECT_THAT(second_.authorizations(), IsEmpty());
}

TEST_F(Journeys, ARedirectedTarget401GetsNoLoginOfItsOwn) {
  use();
  first_.answer_by([&](const std::string&, const std::string&) {
    return "HTTP/1.1 307 x\r\nContent-Length: 0\r\nLocation: " + second_.url("/blob") + "\r\n\r\n";
  });
  second_.answer_by(
      [](const std::string&, const std::string&) { return unauthorized("Basic realm=\"x\""); });
  const auto answer = get(first_, "/v2/a/blobs/1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->response.status_code, 401);
  EXPECT_THAT(second_.authorizations(), IsEmpty());
}

TEST_F(Journeys, ATokenServiceThatRedirectsGetsAnErrorInstead) {
  use();
  wants_token(second_, second_.url("/token"), "token-of-second");
  first_.answer_by([&](const std::string& path, const std::string&) {
    if (path.rfind("/token", 0) != 0)
      return unauthorized("Bearer realm=\"" + first_.url("/token") + "\",service=\"s\"");
    return "HTTP/1.1 307 x\r\nContent-Length: 0\r\nLocation: " + second_.url("/token") + "\r\n\r\n";
  });
  EXPECT_FALSE(get(first_, "/v2/a/manifests/1"));
  EXPECT_THAT(second_.requests(), IsEmpty());
}

TEST_F(Journeys, TheAccountOfDockerHubGoesToNone) {
  settings_.folder().write(".docker/config.json", "{}");
  use();
  for (Site* const site : {&first_, &second_, &third_}) {
    wants_token(*site, site->url("/token"), "a-token");
    ASSERT_EQ(get(*site, "/v2/a/manifests/1")->body, "content");
    EXPECT_THAT(site->authorizations(), ElementsAre("Bearer a-token"));
    for (const std::string& request : site->requests())
      EXPECT_THAT(request, Not(HasSubstr("hub-user")));
  }
}

TEST_F(Journeys, AnAccountOfAStandInLogsInThereAndNowhereElse) {
  environment_["DOCKERHUB_URL"] = first_.url();
  environment_["DOCKER_REGISTRY_URL"] = second_.url();
  environment_["DOCKER_REGISTRY_AUTH_URL"] = third_.url("/token");
  use();
  first_.answer_by([](const std::string& path, const std::string&) {
    return path == "/v2/auth/token" ? http::ok(R"({"access_token":"hub-token"})") : http::ok("{}");
  });
  wants_token(second_, third_.url("/token"), "registry-token");
  wants_token(third_, third_.url("/token"), "registry-token");
  http::Request request;
  request.url = url(first_.url("/v2/x"));
  request.authorizer = credentials_->hub();
  ASSERT_TRUE(client_->fetch(std::move(request), {}, 1 << 20));
  ASSERT_EQ(get(second_, "/v2/a/manifests/1")->body, "content");
  EXPECT_THAT(first_.authorizations(), ElementsAre("Bearer hub-token")) << "none with the log-in";
  EXPECT_THAT(first_.requests().at(0), HasSubstr(R"("secret":"of-docker-hub")"));
  EXPECT_THAT(third_.authorizations(), ElementsAre(basic("hub-user:of-docker-hub")));
  EXPECT_THAT(second_.authorizations(), ElementsAre("Bearer registry-token"));
}

}  // namespace
}  // namespace dockerhub
