#include "request/row_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Pair;

Parameter parameter(std::string name, ParameterType type = ParameterType::string, Wire wire = {}) {
  Parameter row;
  row.name = std::move(name);
  row.type = type;
  row.wire = std::move(wire);
  return row;
}

Action row(std::string method, std::string path, std::vector<Parameter> parameters) {
  Action action;
  action.name = "act";
  action.request.emplace();
  action.request->surface = "hub";
  action.request->method = std::move(method);
  action.request->path = std::move(path);
  action.parameters = std::move(parameters);
  return action;
}

Outgoing filled(const Action& action, std::string_view params) {
  static const Manifest module;
  return row_request(action, *json::parse(params), module);
}

TEST(RowRequest, PutsParametersWhereTheMethodWantsThem) {
  const Outgoing get = filled(row("GET", "/v2/{name}", {parameter("name"), parameter("page")}),
                              R"({"name":"a","page":2})");
  EXPECT_EQ(get.path_values.at("name").text, "a");
  EXPECT_THAT(get.query, ElementsAre(Pair("page", "2")));
  EXPECT_TRUE(get.body.empty());

  const Outgoing post = filled(row("POST", "/v2/{name}", {parameter("name"), parameter("private")}),
                               R"({"name":"a","private":true})");
  EXPECT_EQ(post.body, R"({"private":true})");
  EXPECT_EQ(post.media_type, "application/json");
  EXPECT_TRUE(post.query.empty());
}

TEST(RowRequest, FollowsWhatARowSaysOfAParameter) {
  const Outgoing outgoing = filled(
      row("POST", "/v2/{org}",
          {parameter("name", ParameterType::string, {Wire::Place::path, "org"}),
           parameter("kind", ParameterType::string, {Wire::Place::query, "type"}),
           parameter("feature", ParameterType::string, {Wire::Place::header, "X-Feature"}),
           parameter("local", ParameterType::string, {Wire::Place::none, "local"}),
           parameter("rules", ParameterType::array, {Wire::Place::body, "immutable_rules"})}),
      R"({"name":"acme","kind":"all","feature":"web","local":"x","rules":["a","b"]})");
  EXPECT_EQ(outgoing.path_values.at("org").text, "acme");
  EXPECT_THAT(outgoing.query, ElementsAre(Pair("type", "all")));
  EXPECT_THAT(outgoing.headers, Contains(Pair("X-Feature", "web")));
  EXPECT_EQ(outgoing.body, R"({"immutable_rules":["a","b"]})");
}

TEST(RowRequest, PutsAParameterOfThePathIntoTheBodyTooWhereTheRowSaysSo) {
  const Outgoing outgoing =
      filled(row("POST", "/v2/{org}",
                 {parameter("name", ParameterType::string, {Wire::Place::path, "org", true})}),
             R"({"name":"acme"})");
  EXPECT_EQ(outgoing.path_values.at("org").text, "acme");
  EXPECT_EQ(outgoing.body, R"({"org":"acme"})");
}

TEST(RowRequest, LeavesOutWhatNobodyGave) {
  const Outgoing outgoing =
      filled(row("POST", "/v2/x", {parameter("a"), parameter("b")}), R"({"b":null})");
  EXPECT_TRUE(outgoing.body.empty());
  EXPECT_TRUE(outgoing.media_type.empty());
}

TEST(RowRequest, RepeatsTheNameOfAnArrayInTheQuery) {
  const Outgoing outgoing =
      filled(row("GET", "/v2/x", {parameter("tag", ParameterType::array)}), R"({"tag":["a","b"]})");
  EXPECT_THAT(outgoing.query, ElementsAre(Pair("tag", "a"), Pair("tag", "b")));
}

TEST(RowRequest, KeepsTheSlashesOfRepositoriesOnRegistriesOnly) {
  Action action = row("GET", "/v2/{repo}/tags/list",
                      {parameter("repo", ParameterType::repository), parameter("host")});
  action.request->host_parameter = "host";
  EXPECT_FALSE(filled(action, R"({"repo":"a/b"})").path_values.at("repo").is_repository);
  action.request->surface = "registry";
  const Outgoing outgoing = filled(action, R"({"repo":"a/b","host":"r.example"})");
  EXPECT_TRUE(outgoing.path_values.at("repo").is_repository);
  EXPECT_EQ(outgoing.host, "r.example");
  EXPECT_TRUE(outgoing.query.empty()) << "the host is no part of the query";
}

}  // namespace
}  // namespace dockerhub
