#include "request/raw_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

RawRequest raw(std::string method, std::string path, std::string body = {}) {
  RawRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  request.body = std::move(body);
  return request;
}

std::string sent_path(const std::string& path) {
  const auto call = raw_call(raw("GET", path), {});
  if (!call) return "refused";
  return http::expand_path(call->outgoing.path, call->outgoing.path_values).value_or("no path");
}

Effect effect(const RawRequest& request) {
  return raw_call(request, {}).value().effect;
}

ErrorKind refusal(const RawRequest& request, const CallOptions& options = {}) {
  const auto call = raw_call(request, options);
  return call ? ErrorKind::api : call.error().kind;
}

TEST(RawRequests, KeepTheirPathAndQuery) {
  EXPECT_EQ(sent_path("/v2/namespaces/library/repositories/"),
            "/v2/namespaces/library/repositories/");
  EXPECT_EQ(sent_path("/v2/a%20b/%7Bc%7D"), "/v2/a%20b/%7Bc%7D");
  EXPECT_EQ(sent_path("/v2/{c}/d e"), "/v2/%7Bc%7D/d%20e");
  const auto call = raw_call(raw("GET", "/v2/x?page_size=5&name=a%26b"), {});
  EXPECT_THAT(call->outgoing.query, ElementsAre(Pair("page_size", "5"), Pair("name", "a&b")));
  const auto blanks = raw_call(raw("GET", "/v2/a+b?name=a+b%2Bc"), {});
  EXPECT_EQ(blanks->outgoing.path, "/v2/a+b");
  EXPECT_THAT(blanks->outgoing.query, ElementsAre(Pair("name", "a b+c")));
}

TEST(RawRequests, AreUtf8SoThatConsentCanBeAskedAboutThem) {
  EXPECT_EQ(refusal(raw("DELETE", "/v2/x\xff")), ErrorKind::parameter);
  EXPECT_EQ(refusal(raw("DELETE", "/v2/x?a=\xc3")), ErrorKind::parameter);
  RawRequest elsewhere = raw("DELETE", "/v2/x");
  elsewhere.surface = "registry";
  elsewhere.host = "reg\xff.test";
  EXPECT_EQ(refusal(elsewhere), ErrorKind::parameter);
  EXPECT_EQ(effect(raw("DELETE", "/v2/%C3%A9?a=%FF")), Effect::destructive);
  EXPECT_EQ(effect(raw("DELETE", "/v2/\xc3\xa9")), Effect::destructive);
}

TEST(RawRequests, SayTypesThatCanBeSent) {
  RawRequest request = raw("POST", "/v2/x", "x");
  request.media_type = "text/plain\r\nX-Other: 1";
  EXPECT_EQ(raw_call(request, {}).error().parameter, "media_type");
  request.media_type = "text/plain";
  request.accept = "text/plain\n";
  EXPECT_EQ(raw_call(request, {}).error().parameter, "accept");
  EXPECT_EQ(raw_call(request, {}).error().kind, ErrorKind::parameter);
  request.accept = "text/plain";
  EXPECT_TRUE(raw_call(request, {}));
}

TEST(RawRequests, AreKnownByTheirWholeBody) {
  RawRequest one = raw("PUT", "/v2/x", "one"), other = raw("PUT", "/v2/x", "other");
  one.media_type = other.media_type = "text/plain";
  const std::string params = raw_call(one, {})->params;
  EXPECT_THAT(params, HasSubstr("text/plain"));
  EXPECT_NE(params, raw_call(other, {})->params);
  other.body = one.body;
  EXPECT_EQ(params, raw_call(other, {})->params);
  other.media_type = "text/html";
  EXPECT_NE(params, raw_call(other, {})->params);
}

TEST(RawRequests, CannotLeaveTheirPlace) {
  for (const char* path :
       {"", "v2/x", "https://elsewhere.test/x", "//elsewhere.test/x", "/v2/../x", "/v2/%2e%2e/x",
        "/v2/a%2Fb", "/v2/a%5Cb", "/v2/%zz", "/v2/%00", "/v2/x#y", "/v2//x"})
    EXPECT_EQ(sent_path(path), "refused") << path;
}

TEST(RawRequests, HaveTheEffectsThatTheKernelKnows) {
  EXPECT_EQ(effect(raw("GET", "/v2/x")), Effect::read);
  EXPECT_EQ(effect(raw("POST", "/v2/x", "{}")), Effect::write);
  EXPECT_EQ(effect(raw("DELETE", "/v2/x")), Effect::destructive);
  EXPECT_EQ(effect(raw("PUT", "/v2/orgs/acme/settings", "{}")), Effect::destructive);
  EXPECT_EQ(effect(raw("PATCH", "/v2/repositories/a/b/", R"({"status":0})")), Effect::destructive);
  RawRequest scim = raw("PUT", "/v2/scim/2.0/Users/1", R"({"active":false})");
  scim.surface = "scim";
  EXPECT_EQ(effect(scim), Effect::destructive);
  RawRequest query = raw("POST", "/v1/graphql", R"({"query":"{ a }"})");
  query.surface = "scout";
  EXPECT_EQ(effect(query), Effect::read);
}

TEST(RawRequests, ThatChangeARegistryAreDestructive) {
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    RawRequest request = raw(method, "/v2/acme/app/manifests/latest");
    request.surface = "registry";
    EXPECT_EQ(effect(request), Effect::destructive) << method;
  }
  for (const char* method : {"GET", "HEAD"}) {
    RawRequest request = raw(method, "/v2/acme/app/manifests/latest");
    request.surface = "registry";
    EXPECT_EQ(effect(request), Effect::read) << method;
  }
}

TEST(RawRequests, ForTokensAreRefusedHoweverTheyAreSpelt) {
  for (const char* path :
       {"/v2/users/login", "/v2/users/login/", "/v2/users/2fa-login", "/v2/auth/token",
        "/v2/auth/tok%65n", "/v2/auth/token;x", "/v2/access-tokens", "/v2/access-tokens?x=1",
        "/v2/orgs/acme/access-tokens"})
    EXPECT_EQ(refusal(raw("POST", path, "{}")), ErrorKind::forbidden) << path;
  EXPECT_EQ(effect(raw("GET", "/v2/access-tokens")), Effect::read);
  EXPECT_EQ(effect(raw("PATCH", "/v2/access-tokens/1", "{}")), Effect::write);
  EXPECT_THAT(raw_call(raw("POST", "/v2/access-tokens", "{}"), {}).error().hint,
              HasSubstr("create_pat"));
}

TEST(RawRequests, HaveBodiesOfTheTypeThatTheySay) {
  EXPECT_EQ(refusal(raw("POST", "/v2/x", "{")), ErrorKind::parameter);
  EXPECT_EQ(refusal(raw("GET", "/v2/x", "{}")), ErrorKind::parameter);
  const std::string deepest = std::string(json::kMaxDepth, '[') + std::string(json::kMaxDepth, ']');
  EXPECT_EQ(refusal(raw("POST", "/v2/x", deepest)), ErrorKind::parameter);
  EXPECT_EQ(raw_call(raw("POST", "/v2/x", "{}"), {})->outgoing.media_type, "application/json");
  RawRequest text = raw("PUT", "/v2/x", "no json");
  text.media_type = "text/plain";
  EXPECT_EQ(raw_call(text, {})->outgoing.body, "no json");
}

TEST(RawRequests, FollowPagesWhereThereAreSome) {
  CallOptions all;
  all.all_pages = true;
  const auto call = raw_call(raw("GET", "/v2/x"), all);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->tool.actions.front().answer.items_key, "results");
  EXPECT_THAT(call->tool.actions.front().request->paging_json, HasSubstr("\"page\""));
  EXPECT_EQ(refusal(raw("POST", "/v2/x", "{}"), all), ErrorKind::unsupported);
  RawRequest scout = raw("GET", "/v1/x");
  scout.surface = "scout";
  EXPECT_EQ(refusal(scout, all), ErrorKind::unsupported);
}

TEST(RawRequests, KnowTheirMethodsAndApis) {
  EXPECT_EQ(refusal(raw("get", "/v2/x")), ErrorKind::parameter);
  EXPECT_EQ(refusal(raw("TRACE", "/v2/x")), ErrorKind::parameter);
  RawRequest elsewhere = raw("GET", "/v2/x");
  elsewhere.surface = "elsewhere";
  EXPECT_EQ(refusal(elsewhere), ErrorKind::parameter);
}

}  // namespace
}  // namespace dockerhub
