#include "routes.hpp"

#include <gmock/gmock.h>

namespace dockerhub::rest {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string derived(const char* tool, const char* row_path) {
  return Route{"GET", resource_path(tool, row_path), tool, "x"}.path();
}

Action row(const char* name, const char* method, const char* path, Effect effect = Effect::read) {
  Action action;
  action.name = name;
  action.rest_method = method;
  action.rest_path = path;
  action.effect = effect;
  return action;
}

Catalogue catalogue_of(std::vector<Action> actions, const char* name = "hub_teams") {
  Tool tool;
  tool.name = name;
  tool.actions = Actions(std::move(actions));
  Catalogue catalogue;
  catalogue.tools.push_back(std::move(tool));
  return catalogue;
}

std::vector<std::string> names(const Routes& routes) {
  std::vector<std::string> all;
  for (const Route& route : routes.all()) all.push_back(route.method + " " + route.action);
  return all;
}

TEST(Routes, AreWhatTheRowSaysWithoutWhatRepeatsIt) {
  EXPECT_EQ(derived("hub_repos", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}"),
            "/v1/hub_repos/{namespace}/{repository}/tags/{tag}");
  EXPECT_EQ(derived("hub_repos", "/v2/repositories/{namespace}/{repository}/groups"),
            "/v1/hub_repos/{namespace}/{repository}/groups");
  EXPECT_EQ(derived("hub_repos", "/api/search/v4"), "/v1/hub_repos/search");
  EXPECT_EQ(derived("hub_teams", "/v2/orgs/{org}/groups/{group_name}"),
            "/v1/hub_teams/{org}/groups/{group_name}");
  EXPECT_EQ(derived("hub_scim", "/v2/scim/2.0/Users/{user_id}"), "/v1/hub_scim/Users/{user_id}");
  EXPECT_EQ(derived("hub_audit", "/v2/auditlogs/{account}/actions"),
            "/v1/hub_audit/{account}/actions");
  EXPECT_EQ(derived("hub_registry", "/v2/{repo}/blobs/uploads/"),
            "/v1/hub_registry/{repo}/blobs/uploads");
  EXPECT_EQ(derived("other", "/things/{id}"), "/v1/other/things/{id}");
}

TEST(Routes, AClashLeavesTheFirst) {
  const Routes routes(catalogue_of({row("get", "GET", "/v2/orgs/{org}/groups"),
                                    row("again", "GET", "/v3/orgs/{org}/groups"),
                                    row("make", "POST", "/v2/orgs/{org}/groups", Effect::write),
                                    row("renamed", "PUT", "/v2/{name}/groups", Effect::write)}));
  EXPECT_THAT(names(routes), ElementsAre("GET get", "POST make"));
}

TEST(Routes, AreNotMadeOfWhatHttpWouldMisunderstand) {
  const Routes routes(catalogue_of({row("check", "HEAD", "/v2/orgs/{org}"),
                                    row("unsafe", "GET", "/v2/orgs/{org}/x", Effect::write),
                                    row("none", "", ""), row("empty", "GET", "/v2/teams")}));
  EXPECT_THAT(names(routes), ElementsAre());
  EXPECT_THAT(names(Routes(catalogue_of({row("get", "GET", "/x")}, "tools"))), ElementsAre());
}

TEST(Routes, WordsAreStrongerThanParameters) {
  const Routes routes(catalogue_of(
      {row("any", "GET", "/v2/{org}/groups/{group}"), row("word", "GET", "/v2/invites/groups/{id}"),
       row("drop", "DELETE", "/v2/{org}/groups/{group}", Effect::write)}));
  const auto word = routes.find("GET", {"hub_teams", "invites", "groups", "7"});
  ASSERT_NE(word.route, nullptr);
  EXPECT_EQ(word.route->action, "word");
  EXPECT_THAT(word.parameters, ElementsAre(Pair("id", "7")));
  const auto any = routes.find("GET", {"hub_teams", "acme", "groups", "a/b"});
  ASSERT_NE(any.route, nullptr);
  EXPECT_THAT(any.parameters, ElementsAre(Pair("org", "acme"), Pair("group", "a/b")));
}

TEST(Routes, TellWhichMethodsAPathHas) {
  const Routes routes(catalogue_of({row("get", "GET", "/v2/{org}/groups"),
                                    row("make", "POST", "/v2/{org}/groups", Effect::write)}));
  EXPECT_EQ(routes.find("PUT", {"hub_teams", "acme", "groups"}).route, nullptr);
  EXPECT_EQ(routes.find("PUT", {"hub_teams", "acme", "groups"}).allowed, "GET, POST");
  EXPECT_EQ(routes.find("GET", {"hub_teams", "acme"}).allowed, "");
  EXPECT_EQ(routes.find("GET", {"hub_teams", "", "groups"}).allowed, "");
}

}  // namespace
}  // namespace dockerhub::rest
