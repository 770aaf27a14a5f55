#include "name_question.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace dockerhub::cli {
namespace {

Action action_taking(const char* name, const std::vector<std::string>& positionals) {
  Action action;
  action.name = name;
  action.positionals = positionals;
  for (const std::string& positional : positionals) {
    Parameter parameter;
    parameter.name = positional;
    action.parameters.push_back(std::move(parameter));
  }
  return action;
}

Tool tool_with(const char* name, std::vector<Action> actions) {
  Tool tool;
  tool.name = name;
  tool.actions = std::move(actions);
  return tool;
}

Catalogue known_tools() {
  Action inspect = action_taking("inspect_image", {"repo", "reference"});
  inspect.short_form = ShortForm{"inspect", {"repo", "reference"}};
  Catalogue catalogue;
  catalogue.tools = {
      tool_with("hub_registry", {inspect}),
      tool_with("hub_repos", {action_taking("list", {"namespace"}),
                              action_taking("get_tag", {"namespace", "repository", "tag"}),
                              action_taking("search", {"query"})})};
  return catalogue;
}

// "argument before|value known", or nothing.
std::string asked(const std::vector<std::string>& words) {
  const auto question = name_question(known_tools(), words);
  if (!question) return {};
  return question->argument + " " + question->before + "|" + question->value + " " +
         question->known;
}

TEST(NameQuestion, IsForNamespacesRepositoriesAndTags) {
  EXPECT_EQ(asked({"repos", "list", "ac"}), "namespace |ac {}");
  EXPECT_EQ(asked({"repos", "get-tag", "acme", "a"}), R"(repository |a {"namespace":"acme"})");
  EXPECT_EQ(asked({"repos", "get-tag", "acme", "app", ""}),
            R"(tag | {"namespace":"acme","repository":"app"})");
  EXPECT_EQ(asked({"inspect", "acme/app", "1"}), R"(reference |1 {"repo":"acme/app"})");
  EXPECT_EQ(asked({"repos", "search", "ac"}), "");
  EXPECT_EQ(asked({"repos", "li"}), "");
}

TEST(NameQuestion, KnowsNamesOfTwoParts) {
  EXPECT_EQ(asked({"repos", "get-tag", "acme/a"}), "repo |acme/a {}");
  EXPECT_EQ(asked({"repos", "get-tag", "acme/app", "1"}),
            R"(tag |1 {"namespace":"acme","repository":"app"})");
  EXPECT_EQ(asked({"inspect", "acme/app:1"}), R"(tag acme/app:|1 {"repo":"acme/app"})");
}

TEST(NameQuestion, IsForTheValuesOfOptionsToo) {
  EXPECT_EQ(asked({"repos", "get-tag", "--namespace", "acme", "--repository", "a"}),
            R"(repository |a {"namespace":"acme"})");
  EXPECT_EQ(asked({"repos", "get-tag", "--namespace=acme", "--repository", "a"}),
            R"(repository |a {"namespace":"acme"})");
  EXPECT_EQ(asked({"repos", "get-tag", "--namespace", "acme"}), "namespace |acme {}");
}

TEST(NameQuestion, IsNotAskedWhereNothingIsKnown) {
  EXPECT_EQ(asked({"repos", "get-tag", "--repository", "a"}), "");
  EXPECT_EQ(asked({"repos", "list", "@file"}), "");
  EXPECT_EQ(asked({"repos", "list", "-"}), "");
  EXPECT_EQ(asked({"inspect", "oci:images:1"}), "");
}

TEST(NameQuestion, IsNotAboutOtherRegistries) {
  for (const char* name :
       {"localhost:5000/a", "localhost:5", "registry.example.com/a", "docker.io/a"})
    EXPECT_EQ(asked({"inspect", name}), "") << name;
  EXPECT_EQ(asked({"inspect", "localhost:5000/app", "1"}), "");
}

TEST(NameQuestion, HasTheOptionsOfTheLine) {
  const auto question =
      name_question(known_tools(), {"--as", "work", "repos", "get-tag", "acme/ap"});
  ASSERT_TRUE(question);
  ASSERT_NE(question->given.find("as"), nullptr);
  EXPECT_EQ(question->given.find("as")->back(), "work");
  EXPECT_EQ(question->given.positionals, (std::vector<std::string>{"acme", "ap"}));
  EXPECT_EQ(question->target, "hub_repos.get_tag");
}

}  // namespace
}  // namespace dockerhub::cli
