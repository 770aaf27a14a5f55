#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;

Parameter parameter(const char* name, ParameterType type) {
  Parameter row;
  row.name = name;
  row.type = type;
  row.required = true;
  return row;
}

std::vector<std::string> examples(std::vector<Parameter> parameters,
                                  std::vector<std::string> given) {
  Tool tool;
  tool.name = "hub_repos";
  Action action;
  action.name = "list_tags";
  action.parameters = std::move(parameters);
  action.examples = std::move(given);
  return examples_of(tool, action);
}

TEST(ExampleTest, ManifestExamplesBecomeCommandLines) {
  EXPECT_THAT(
      examples({parameter("text", ParameterType::string), parameter("on", ParameterType::boolean),
                parameter("tags", ParameterType::array)},
               {R"({"text": "it's", "on": true, "tags": ["a", "b"]})"}),
      ElementsAre("dockerhub repos list-tags --text 'it'\\''s' --on --tags a,b"));
}

TEST(ExampleTest, WithoutExamplesTheRequiredParametersMakeOne) {
  Parameter name = parameter("repo_name", ParameterType::string);
  name.example_json = "\"alpine\"";
  EXPECT_THAT(examples({name, parameter("count", ParameterType::integer)}, {}),
              ElementsAre("dockerhub repos list-tags --repo-name alpine --count 1"));
}

TEST(ExampleTest, PositionalsStandWithoutTheirOptionsAsFarAsTheyGo) {
  Tool tool;
  tool.name = "hub_repos";
  Action action;
  action.name = "list";
  for (const char* name : {"first", "second", "third"})
    action.parameters.push_back(parameter(name, ParameterType::string));
  action.positionals = {"first", "second", "third"};
  action.examples = {R"({"second": "b", "first": "a c"})", R"({"first": "a", "third": "c"})",
                     R"({"first": "-a", "second": "b"})"};
  EXPECT_THAT(examples_of(tool, action),
              ElementsAre("dockerhub repos list 'a c' b", "dockerhub repos list a --third c",
                          "dockerhub repos list --first -a --second b"));
}

TEST(ExampleTest, SecretsStandAsFiles) {
  Parameter secret = parameter("api_token", ParameterType::string);
  secret.secret = true;
  EXPECT_THAT(examples({secret}, {}),
              ElementsAre("dockerhub repos list-tags --api-token @api-token.txt"));
}

TEST(ExampleTest, ALeadingAtSignIsWrittenTwice) {
  EXPECT_THAT(examples({parameter("text", ParameterType::string)}, {R"({"text": "@me"})"}),
              ElementsAre("dockerhub repos list-tags --text @@me"));
}

}  // namespace
}  // namespace dockerhub::cli
