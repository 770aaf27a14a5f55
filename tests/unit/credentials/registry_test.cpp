#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "credentials/registry_authorizer.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::string challenge(const std::string& scope, const std::string& more = {},
                      const std::string& realm = "https://r.example/token?own=1") {
  return "Bearer realm=\"" + realm + "\",service=\"the service\",scope=\"" + scope + "\"" + more;
}

// A registry whose tokens are named by their scopes: it takes one that has all that is needed.
class Registry : public testing::Test {
 protected:
  void use(const Configuration& configuration) {
    access_ = std::make_shared<RegistryAccess>(
        configuration, std::make_shared<const Account>(configuration), service_.fetch(),
        time_.clocks(), [](std::string_view) {});
  }
  // HOME with a config.json that has a login of ann for r.example.
  Configuration with_login() {
    settings_.folder().write(".docker/config.json",
                             R"({"auths": {"r.example": {"username": "ann", "password": "pw"}}})");
    return settings_.load({{"HOME", settings_.folder().path().string()}});
  }
  Result<Exchanged> send(std::string_view scope, const FakeServer& server,
                         const std::string& registry = "https://r.example") {
    RegistryAuthorizer authorizer(access_, url(registry).origin, scope);
    return exchange(authorizer, registry + "/v2/x", server);
  }
  // Answers 401 with that challenge until a token comes that this service gave.
  FakeServer wants(const std::string& scope) {
    return [this, scope](const std::string& authorization) {
      const bool known = given_.count(authorization) > 0;
      return std::pair(known ? 200 : 401, challenge(scope));
    };
  }
  std::vector<std::string> queries() const {
    std::vector<std::string> queries;
    for (const http::Request& request : service_.requests()) queries.push_back(request.url.query);
    return queries;
  }

  Settings settings_;
  FakeClocks time_;
  std::set<std::string> given_;
  std::function<Result<http::Answer>(const http::Request&)> reply_ = [this](const http::Request&) {
    const std::string token = "t" + std::to_string(given_.size() + 1);
    given_.insert("Bearer " + token);
    return answer(200, R"({"token":")" + token + R"(","expires_in":300})");
  };
  FakeService service_{[this](const http::Request& request) { return reply_(request); }};
  std::shared_ptr<RegistryAccess> access_;
};

FakeServer open_to_all() {
  return [](const std::string&) { return std::pair(200, std::string()); };
}

TEST_F(Registry, ThatAsksForNothingGetsNothing) {
  use(with_login());
  EXPECT_THAT(send("repository:a:pull", open_to_all())->authorizations, ElementsAre(""));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(Registry, IsGivenATokenForWhatItAsksFor) {
  use(settings_.load({}));
  const auto done = send("", wants("repository:a/b:pull"));
  EXPECT_EQ(done->status, 200);
  EXPECT_THAT(done->authorizations, ElementsAre("", "Bearer t1"));
  EXPECT_THAT(queries(), ElementsAre("own=1&service=the%20service&scope=repository%3Aa%2Fb%3Apull"
                                     "&client_id=dockerhub-api"));
  const http::Request sent = service_.requests()[0];
  EXPECT_EQ(sent.method, "GET");
  EXPECT_EQ(sent.url.without_query(), "https://r.example/token");
  EXPECT_EQ(sent.authorization, nullptr) << "anonymous";
  EXPECT_FALSE(sent.follow_redirects);
}

TEST_F(Registry, IsKnownAfterItsFirstAnswer) {
  use(settings_.load({}));
  send("", wants("repository:a:pull"));
  EXPECT_THAT(send("repository:b:pull", wants("repository:b:pull"))->authorizations,
              ElementsAre("Bearer t2"))
      << "no more 401 first";
  EXPECT_THAT(send("repository:a:pull", wants("repository:a:pull"))->authorizations,
              ElementsAre("Bearer t1"));
}

TEST_F(Registry, OfDockerIsKnownFromTheBeginning) {
  use(settings_.load(kPair));
  const auto done =
      send("repository:library/alpine:pull", wants("x"), "https://registry-1.docker.io");
  EXPECT_THAT(done->authorizations, ElementsAre("Bearer t1"));
  const http::Request sent = service_.requests().at(0);
  EXPECT_EQ(sent.url.text(),
            "https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2F"
            "alpine%3Apull&client_id=dockerhub-api&account=ann");
  EXPECT_EQ(value_of(sent.authorization), basic("ann:token-of-ann"));
}

TEST_F(Registry, OfDockerHasTheTokenServiceOfTheSettings) {
  use(settings_.load({{"DOCKER_REGISTRY_AUTH_URL", "https://tokens.example/token"}}));
  send("repository:a:pull", open_to_all(), "https://registry-1.docker.io");
  EXPECT_EQ(service_.requests().at(0).url.without_query(), "https://tokens.example/token");
}

TEST_F(Registry, OfDockerHasDockersTokenServiceForALoginOfAnotherSource) {
  use(settings_.load({{"DOCKER_REGISTRY_AUTH_URL", "https://tokens.example/token"}},
                     "account:\n  user: ann\n  secret: token-of-ann\n"));
  send("repository:a:pull", open_to_all(), "https://registry-1.docker.io");
  EXPECT_EQ(service_.requests().at(0).url.without_query(), "https://auth.docker.io/token");
}

TEST_F(Registry, GetsTheTokenOfItsLogin) {
  use(with_login());
  EXPECT_EQ(send("", wants("repository:a:pull"))->status, 200);
  const http::Request sent = service_.requests().at(0);
  EXPECT_EQ(value_of(sent.authorization), basic("ann:pw"));
  EXPECT_THAT(sent.url.query, HasSubstr("account=ann"));
}

TEST_F(Registry, IsAskedForSeveralResourcesByAParameterEach) {
  use(settings_.load({}));
  send("", wants("repository:b:push,pull repository:a:pull"));
  EXPECT_THAT(queries().at(0),
              HasSubstr("scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull%2Cpush"));
}

TEST_F(Registry, GetsTheUnionWhenTheScopeWasTooSmall) {
  use(settings_.load({}));
  send("", wants("repository:a:pull"));
  const auto done = send("repository:a:pull", [&](const std::string& authorization) {
    return std::pair(authorization == "Bearer t2" ? 202 : 401,
                     challenge("repository:a:delete", ",error=\"insufficient_scope\""));
  });
  EXPECT_EQ(done->status, 202);
  EXPECT_THAT(queries().at(1), HasSubstr("scope=repository%3Aa%3Adelete%2Cpull&"));
}

TEST_F(Registry, IsNotAskedAgainForWhatItDidNotGrant) {
  use(settings_.load({}));
  const auto done = send("", [](const std::string& authorization) {
    return std::pair(401, challenge("repository:a:push",
                                    authorization.empty() ? "" : ",error=\"insufficient_scope\""));
  });
  EXPECT_EQ(done->status, 401);
  EXPECT_EQ(service_.count(), 1U);
}

TEST_F(Registry, GetsAFreshTokenForOneThatItRefuses) {
  use(settings_.load({}));
  send("", wants("repository:a:pull"));
  const auto done = send("repository:a:pull", [](const std::string& authorization) {
    return std::pair(authorization == "Bearer t2" ? 200 : 401,
                     challenge("repository:a:pull", ",error=\"invalid_token\""));
  });
  EXPECT_EQ(done->status, 200);
  EXPECT_THAT(done->authorizations, ElementsAre("Bearer t1", "Bearer t2"));
}

TEST_F(Registry, GetsNoMoreTokensWhenItRefusesFreshOnes) {
  use(settings_.load({}));
  const auto refuses = [](const std::string&) {
    return std::pair(401, challenge("repository:a:pull", ",error=\"invalid_token\""));
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send("repository:a:pull", refuses)->status, 401);
  EXPECT_EQ(service_.count(), 2U);
}

TEST_F(Registry, TokensAreUsedAgainUntilShortlyBeforeTheirEnd) {
  use(settings_.load({}));
  send("", wants("repository:a:pull,push"));
  time_.pass(seconds(249));
  EXPECT_THAT(send("repository:a:pull", open_to_all())->authorizations, ElementsAre("Bearer t1"))
      << "a wider one serves";
  time_.pass(seconds(1));
  EXPECT_THAT(send("repository:a:pull", open_to_all())->authorizations, ElementsAre("Bearer t2"));
}

TEST_F(Registry, WithBasicGetsTheLoginItself) {
  use(with_login());
  const auto wants_basic = [](const std::string& authorization) {
    return std::pair(authorization == basic("ann:pw") ? 200 : 401,
                     std::string("Basic realm=\"r\""));
  };
  EXPECT_THAT(send("", wants_basic)->authorizations, ElementsAre("", basic("ann:pw")));
  EXPECT_THAT(send("", wants_basic)->authorizations, ElementsAre(basic("ann:pw")));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(Registry, WithBasicGetsNothingWithoutALogin) {
  use(with_login());
  const auto done = send(
      "", [](const std::string&) { return std::pair(401, std::string("Basic realm=\"r\"")); },
      "https://other.example");
  EXPECT_EQ(done->status, 401);
  EXPECT_THAT(done->authorizations, ElementsAre(""));
}

TEST_F(Registry, WithBasicDoesNotGetARefusedLoginAgain) {
  use(with_login());
  const auto done =
      send("", [](const std::string&) { return std::pair(401, std::string("Basic realm=\"r\"")); });
  EXPECT_THAT(done->authorizations, ElementsAre("", basic("ann:pw")));
}

TEST_F(Registry, DoesNotGetALoginSentToAnyServiceThatItNames) {
  use(with_login());
  const auto done = send("", [](const std::string&) {
    return std::pair(401, challenge("repository:a:pull", "", "https://evil.example/token"));
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::auth);
  EXPECT_THAT(done.error().message, HasSubstr("evil.example"));
  EXPECT_EQ(service_.count(), 0U) << "not even a request for nobody's token";
}

TEST_F(Registry, MayNameAnyServiceForTokensOfNobody) {
  use(with_login());
  const auto done = send(
      "",
      [&](const std::string& authorization) {
        return std::pair(authorization.empty() ? 401 : 200,
                         challenge("repository:a:pull", "", "https://tokens.example/token"));
      },
      "https://other.example");
  EXPECT_EQ(done->status, 200);
  EXPECT_EQ(service_.requests().at(0).authorization, nullptr);
}

TEST_F(Registry, WithAnUnusableRealmIsAnError) {
  use(settings_.load({}));
  for (const char* const realm : {"", "token", "ftp://r.example", "https://u:p@r.example/"}) {
    const auto done = send("", [&](const std::string&) {
      return std::pair(401, challenge("repository:a:pull", "", realm));
    });
    ASSERT_FALSE(done) << realm;
    EXPECT_EQ(done.error().kind, ErrorKind::auth);
    EXPECT_THAT(done.error().message, HasSubstr("https://r.example"));
  }
}

TEST_F(Registry, ThatWantsSomethingElseKeepsItsAnswer) {
  use(with_login());
  for (const char* const other : {"Negotiate", ""})
    EXPECT_EQ(
        send("", [&](const std::string&) { return std::pair(401, std::string(other)); })->status,
        401);
}

TEST_F(Registry, GetsNoTokenForNobodyWhenTheLoginIsRefused) {
  use(with_login());
  reply_ = [](const http::Request&) { return answer(401, R"({"details":"pw is wrong"})"); };
  for (int i = 0; i < 3; ++i) {
    const auto done = send("", wants("repository:a:pull"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::auth);
    EXPECT_EQ(done.error().status_code, 401);
    EXPECT_THAT(done.error().message, HasSubstr(".docker/config.json"));
    EXPECT_THAT(done.error().request, HasSubstr("GET /token"));
  }
  EXPECT_EQ(service_.count(), 1U) << "a refused login is not tried in a loop";
}

TEST_F(Registry, WhoseServiceWantsALogInSaysSo) {
  use(settings_.load({}));
  reply_ = [](const http::Request&) { return answer(401, R"({"details":"CANARY"})"); };
  const auto done = send("", wants("repository:a:pull"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::auth);
  EXPECT_THAT(done.error().message, HasSubstr("https://r.example gives no token without a log-in"));
  EXPECT_THAT(done.error().hint, HasSubstr("dockerhub login"));
}

TEST_F(Registry, TellsAServiceThatFailsFromOneThatRefuses) {
  use(with_login());
  reply_ = [](const http::Request&) { return answer(503, "busy"); };
  const auto done = send("", wants("repository:a:pull"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::api);
  EXPECT_EQ(done.error().status_code, 503);
}

TEST_F(Registry, GetsATokenWithoutScopeOnlyWhenItAsks) {
  use(settings_.load({}));
  send("", wants("repository:a:pull"));
  EXPECT_THAT(send("", open_to_all())->authorizations, ElementsAre(""));
  EXPECT_THAT(send("",
                   [&](const std::string& authorization) {
                     return std::pair(
                         authorization.empty() ? 401 : 200,
                         std::string("Bearer realm=\"https://r.example/token\",service=\"s\""));
                   })
                  ->authorizations,
              ElementsAre("", "Bearer t2"));
  EXPECT_THAT(queries().at(1), testing::Not(HasSubstr("scope=")));
}

class RegistryWithTokenLogin : public Registry {
 protected:
  Configuration with_entry(const std::string& entry) {
    settings_.folder().write(".docker/config.json", R"({"auths": {"r.example": )" + entry + "}}");
    return settings_.load({{"HOME", settings_.folder().path().string()}});
  }
};

TEST_F(RegistryWithTokenLogin, PostsARefreshTokenToTheServiceAlone) {
  use(with_entry(R"({"identitytoken": "refresh me"})"));
  const auto done = send("", wants("repository:b:pull repository:a:push,pull"));
  EXPECT_EQ(done->status, 200);
  EXPECT_THAT(done->authorizations, ElementsAre("", "Bearer t1"));
  const http::Request sent = service_.requests().at(0);
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.headers.find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(
      sent.body,
      "grant_type=refresh_token&service=the%20service&client_id=dockerhub-api&scope=repository"
      "%3Aa%3Apull%2Cpush%20repository%3Ab%3Apull&refresh_token=refresh%20me");
  EXPECT_EQ(sent.authorization, nullptr);
  EXPECT_THAT(sent.url.text(), testing::Not(HasSubstr("refresh")));
}

TEST_F(RegistryWithTokenLogin, GetsWhereTheServiceKnowsNoPost) {
  use(with_entry(R"({"identitytoken": "refresh me", "username": "ann", "password": "pw"})"));
  const auto token_by_get = reply_;
  reply_ = [&](const http::Request& request) {
    return request.method == "POST" ? answer(404, "") : token_by_get(request);
  };
  EXPECT_EQ(send("", wants("repository:a:pull"))->status, 200);
  EXPECT_EQ(value_of(service_.requests().at(1).authorization), basic("ann:pw"));
}

TEST_F(RegistryWithTokenLogin, SendsARegistryTokenAsItIs) {
  use(with_entry(R"({"registrytoken": "ready-made"})"));
  const auto done = send("", [](const std::string&) {
    return std::pair(401, challenge("repository:a:pull", ",error=\"invalid_token\""));
  });
  ASSERT_TRUE(done);
  EXPECT_THAT(done->authorizations, ElementsAre("", "Bearer ready-made"));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(Registry, LoginsOfAPartOfItGoWithThatPartOnly) {
  settings_.folder().write(
      "auth.json", R"({"auths": {"r.example/team": {"username": "team", "password": "x"}}})");
  use(settings_.load({{"REGISTRY_AUTH_FILE", (settings_.folder().path() / "auth.json").string()}}));
  send("repository:team/app:pull", wants("repository:team/app:pull"));
  send("repository:other:pull", wants("repository:other:pull"));
  const auto sent = service_.requests();
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_EQ(value_of(sent[0].authorization), basic("team:x"));
  EXPECT_EQ(sent[1].authorization, nullptr);
}

}  // namespace
}  // namespace dockerhub
