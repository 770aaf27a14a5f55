#include "request/effect_rule.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

RequestFacts hub(std::string_view method, std::string_view path, std::string_view body = {}) {
  RequestFacts facts;
  facts.method = method;
  facts.path = path;
  facts.body = body;
  facts.hub = true;
  return facts;
}

TEST(EffectRule, TellsByMethodWhatARequestDoes) {
  EXPECT_EQ(effect_of(hub("GET", "/v2/x")), Effect::read);
  EXPECT_EQ(effect_of(hub("HEAD", "/v2/x")), Effect::read);
  EXPECT_EQ(effect_of(hub("POST", "/v2/x")), Effect::write);
  EXPECT_EQ(effect_of(hub("PUT", "/v2/x")), Effect::write);
  EXPECT_EQ(effect_of(hub("PATCH", "/v2/x")), Effect::write);
  EXPECT_EQ(effect_of(hub("DELETE", "/v2/x")), Effect::destructive);
}

TEST(EffectRule, LetsARowNameAPostThatOnlyAsks) {
  RequestFacts query = hub("POST", "/v2/namespaces/a/repositories/b/immutabletags/verify");
  query.safe_query = true;
  EXPECT_EQ(effect_of(query), Effect::read);
  query.method = "DELETE";
  EXPECT_EQ(effect_of(query), Effect::destructive) << "only a POST can be a query";
}

TEST(EffectRule, LetsAnUploadEndItsOwnSession) {
  RequestFacts session = hub("DELETE", "/v2/a/blobs/uploads/1");
  session.own_session = true;
  EXPECT_EQ(effect_of(session), Effect::write);
}

TEST(EffectRule, KnowsTheRoutesOfDockerHubThatDoMoreThanTheirMethodSays) {
  EXPECT_EQ(effect_of(hub("PUT", "/v2/orgs/acme/settings", R"({"restricted_images":{}})")),
            Effect::destructive);
  EXPECT_EQ(effect_of(hub("PATCH", "/v2/namespaces/a/repositories/b", R"({"status":0})")),
            Effect::destructive);
  EXPECT_EQ(effect_of(hub("PATCH", "/v2/repositories/a/b/", R"({"status":0})")),
            Effect::destructive);
  EXPECT_EQ(effect_of(hub("PATCH", "/v2/namespaces/a/repositories/b", R"({"description":""})")),
            Effect::write);
}

TEST(EffectRule, KnowsTheRouteOfDockerHubThatOnlyAsksByPost) {
  const std::string_view verify = "/v2/namespaces/a/repositories/b/immutabletags/verify";
  EXPECT_EQ(effect_of(hub("POST", verify, R"({"regex":"v.*"})")), Effect::read);
  EXPECT_EQ(effect_of(hub("PATCH", verify)), Effect::write);
  EXPECT_EQ(effect_of(hub("POST", "/v2/namespaces/a/repositories/b%2F../immutabletags/verify")),
            Effect::write);
  RequestFacts elsewhere = hub("POST", verify);
  elsewhere.hub = false;
  EXPECT_EQ(effect_of(elsewhere), Effect::write);
}

TEST(EffectRule, TakesAScimUpdateThatDoesNotKeepTheUserEnabledForADeactivation) {
  const std::string_view user = "/v2/scim/2.0/Users/1";
  EXPECT_EQ(effect_of(hub("PUT", user, R"({"schemas":[]})")), Effect::destructive);
  EXPECT_EQ(effect_of(hub("PUT", user, R"({"enabled":false})")), Effect::destructive);
  EXPECT_EQ(effect_of(hub("PUT", user, R"({"enabled":true,"active":false})")), Effect::destructive);
  EXPECT_EQ(effect_of(hub("PUT", user, R"({"enabled":true})")), Effect::write);
}

TEST(EffectRule, IsNotMisledByAnotherSpellingOfTheRoute) {
  EXPECT_EQ(effect_of(hub("PUT", "/v2/orgs/acme/%73ettings", "{}")), Effect::destructive);
  EXPECT_EQ(effect_of(hub("PUT", "/v2/orgs/a%2Fb/settings", "{}")), Effect::destructive);
}

TEST(EffectRule, TakesABodyThatCannotBeReadForTheWorst) {
  const std::string_view repository = "/v2/namespaces/a/repositories/b";
  EXPECT_EQ(effect_of(hub("PATCH", repository, R"({"status":0)")), Effect::destructive);
  RequestFacts streamed = hub("PATCH", repository);
  streamed.streamed = true;
  EXPECT_EQ(effect_of(streamed), Effect::destructive);
  EXPECT_EQ(effect_of(hub("PATCH", repository)), Effect::write) << "nothing is changed by no body";
}

TEST(EffectRule, AppliesTheTableToDockerHubAlone) {
  RequestFacts elsewhere = hub("PUT", "/v2/orgs/acme/settings", "{}");
  elsewhere.hub = false;
  EXPECT_EQ(effect_of(elsewhere), Effect::write);
}

RequestFacts scout(std::string_view body) {
  RequestFacts facts;
  facts.method = "POST";
  facts.path = "/v1/graphql";
  facts.body = body;
  facts.scout = true;
  return facts;
}

TEST(EffectRule, TakesAQueryToDockerScoutForAReading) {
  EXPECT_EQ(effect_of(scout(R"({"query":"query A { user { id } }","operationName":"A"})")),
            Effect::read);
  EXPECT_EQ(effect_of(scout(R"({"query":"{ user { id } }","variables":{"a":1}})")), Effect::read);
  RequestFacts elsewhere = scout(R"({"query":"{ user { id } }"})");
  elsewhere.scout = false;
  EXPECT_EQ(effect_of(elsewhere), Effect::write);
}

TEST(EffectRule, TakesEverythingElseThatIsPostedToDockerScoutForAChange) {
  for (const std::string_view body :
       {R"({"query":"mutation A { addImageToStream { status } }"})",
        R"({"query":"query A { a } mutation B { b }","operationName":"B"})",
        R"({"query":"\u006dutation A { b }"})", R"({"query":"subscription A { b }"})",
        R"({"query":"{ a }","extensions":{"persistedQuery":{"sha256Hash":"00"}}})",
        R"({"query":"{ a }","query":"mutation A { b }"})", R"({"query":""})", R"({"query":1})",
        R"([{"query":"{ a }"}])", R"({"query":"{ a }")", ""}) {
    EXPECT_EQ(effect_of(scout(body)), Effect::write) << body;
  }
  RequestFacts streamed = scout(R"({"query":"{ a }"})");
  streamed.streamed = true;
  EXPECT_EQ(effect_of(streamed), Effect::write);
}

}  // namespace
}  // namespace dockerhub
