#include "completion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

Parameter parameter(const char* name, std::vector<std::string> choices = {}) {
  Parameter row;
  row.name = name;
  row.choices = std::move(choices);
  row.description = "What it is";
  return row;
}

Catalogue catalogue() {
  Action list;
  list.name = "list_all";
  list.summary = "Lists";
  list.parameters = {parameter("namespace"), parameter("order_by", {"name", "-name"})};
  list.positionals = {"order_by", "namespace"};
  list.short_form = ShortForm{"ls", {"namespace", "order_by"}};
  list.answer.columns = {"name", "size"};
  Action create;
  create.name = "create";
  create.parameters = {parameter("repo"), parameter("tag", {"latest"}),
                       parameter("mode", {"new", "old"})};
  create.positionals = {"repo", "tag", "mode"};
  Tool tool;
  tool.name = "hub_repos";
  tool.actions = std::vector<Action>{list, create};
  Catalogue catalogue;
  catalogue.tools = {tool};
  return catalogue;
}

std::vector<std::string> words(const std::vector<std::string>& typed) {
  std::vector<std::string> found;
  for (const Candidate& candidate : complete(catalogue(), typed)) found.push_back(candidate.word);
  return found;
}

TEST(Completion, BeginsWithShortFormsModulesAndCommands) {
  EXPECT_THAT(words({""}), IsSupersetOf({"ls", "repos", "config", "help"}));
  EXPECT_THAT(words({"co"}), ElementsAre("config", "completion"));
  EXPECT_THAT(words({}), IsSupersetOf({"ls"}));
}

TEST(Completion, GoesOnWithActionsAndSubcommands) {
  EXPECT_THAT(words({"repos", ""}), ElementsAre("list-all", "create", "describe"));
  EXPECT_THAT(words({"hub_repos", "list_"}), ElementsAre("list-all"));
  EXPECT_THAT(words({"trail", ""}), ElementsAre("verify", "path"));
  EXPECT_THAT(words({"mcp", ""}), ElementsAre("install", "try"));
  EXPECT_THAT(words({"doctor", ""}), IsEmpty());
  EXPECT_THAT(words({"batch", ""}), IsEmpty());
  EXPECT_THAT(words({"help", "re"}), ElementsAre("repos"));
}

TEST(Completion, KnowsOptionsOfActionsAndTheProgram) {
  EXPECT_THAT(words({"--dry"}), ElementsAre("--dry-run"));
  EXPECT_THAT(words({"repos", "list-all", "--o"}), ElementsAre("--order-by", "--output", "--out"));
  EXPECT_THAT(words({"ls", "--order_"}), ElementsAre("--order-by"));
  EXPECT_EQ(complete(catalogue(), {"ls", "--order"}).front().description, "What it is");
}

TEST(Completion, KnowsValuesThatRowsDeclare) {
  EXPECT_THAT(words({"repos", "list-all", "--order-by", ""}), ElementsAre("name", "-name"));
  EXPECT_THAT(words({"repos", "list-all", ""}), ElementsAre("name", "-name"));
  EXPECT_THAT(words({"ls", ""}), IsEmpty());
  EXPECT_THAT(words({"ls", "acme", "n"}), ElementsAre("name"));
  EXPECT_THAT(words({"-o", "y"}), ElementsAre("yaml"));
  EXPECT_THAT(words({"ls", "--columns", "s"}), ElementsAre("size"));
}

TEST(Completion, CountsANameOfTwoParametersAsBoth) {
  EXPECT_THAT(words({"repos", "create", "acme/app", ""}), ElementsAre("latest"));
  EXPECT_THAT(words({"repos", "create", "acme/app:1.0", ""}), ElementsAre("new", "old"));
  EXPECT_THAT(words({"repos", "create", "acme/app:1.0", "new", ""}), IsEmpty());
}

TEST(Completion, KnowsOptionsOfCommands) {
  EXPECT_THAT(words({"doctor", "--off"}), ElementsAre("--offline"));
  EXPECT_THAT(words({"mcp", "install", "--cl"}), ElementsAre("--client"));
  EXPECT_THAT(words({"mcp", "install", "--client", "c"}),
              ElementsAre("claude-desktop", "claude-code", "cursor"));
  EXPECT_THAT(words({"mcp", "--scope", "user", "install", "--scope", ""}),
              ElementsAre("user", "project"));
}

TEST(Completion, KnowsTheActionThatIsWatched) {
  EXPECT_THAT(words({"watch", ""}), ElementsAre("ls", "repos"));
  EXPECT_THAT(words({"watch", "--every", "5m", "repos", "list_"}), ElementsAre("list-all"));
  EXPECT_THAT(words({"watch", "--ev"}), ElementsAre("--every"));
  EXPECT_THAT(words({"watch", "ls", "--order_"}), ElementsAre("--order-by"));
}

TEST(Completion, KnowsTheOptionsOfRequestsAndShortcuts) {
  EXPECT_THAT(words({"api", "--api", "s"}), ElementsAre("scim", "scout"));
  EXPECT_THAT(words({"alias", ""}), ElementsAre("set", "list", "delete"));
  EXPECT_THAT(words({"--color", ""}), ElementsAre("auto", "always", "never"));
}

TEST(Completion, PassesOverOptionsWithTheirValues) {
  EXPECT_THAT(words({"-o", "json", "--dry-run", "repos", "--quiet", "cr"}), ElementsAre("create"));
  EXPECT_THAT(words({"--output=json", "repos", "cr"}), ElementsAre("create"));
  EXPECT_THAT(words({"--no-such-thing", "repos", "cr"}), ElementsAre("create"));
}

TEST(Completion, HasAScriptForThreeShells) {
  for (const char* shell : {"bash", "zsh", "fish"}) EXPECT_TRUE(completion_script(shell)) << shell;
  EXPECT_FALSE(completion_script("tcsh"));
}

}  // namespace
}  // namespace dockerhub::cli
