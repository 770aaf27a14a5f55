#include "account_choice.hpp"

#include <gtest/gtest.h>

#include "dockerhub/logins.hpp"
#include "parameters.hpp"

namespace dockerhub::cli {
namespace {

Action action_with(const std::vector<std::string>& names, std::vector<std::string> positionals) {
  Action action;
  for (const std::string& name : names) {
    Parameter row;
    row.name = name;
    row.type = ParameterType::string;
    action.parameters.push_back(std::move(row));
  }
  action.positionals = std::move(positionals);
  return action;
}

std::string chosen(const Action& action, const std::vector<std::string>& arguments) {
  return namespace_of(action, parse_options(options_of(action), arguments, Until::end));
}

TEST(AccountChoice, KnowsTheNamespaceOfACall) {
  const Action list = action_with({"namespace", "repository"}, {"namespace", "repository"});
  EXPECT_EQ(chosen(list, {"acme"}), "acme");
  EXPECT_EQ(chosen(list, {"acme/app"}), "acme");
  EXPECT_EQ(chosen(list, {"--namespace", "acme", "--repository", "app"}), "acme");
  EXPECT_EQ(chosen(list, {}), "");
  const Action members = action_with({"org_name"}, {"org_name"});
  EXPECT_EQ(chosen(members, {"acme"}), "acme");
}

TEST(AccountChoice, FindsItInTheNameOfAnImageOfDockerHubOnly) {
  const Action inspect = action_with({"repository"}, {"repository"});
  EXPECT_EQ(chosen(inspect, {"acme/app:1"}), "acme");
  EXPECT_EQ(chosen(inspect, {"docker.io/acme/app"}), "acme");
  for (const char* const image : {"alpine", "ghcr.io/acme/app", "localhost/acme/app",
                                  "localhost:5000/acme/app", "@file", "-"})
    EXPECT_EQ(chosen(inspect, {image}), "") << image;
}

TEST(AccountChoice, IsWhatTheConfigurationSays) {
  ConfigurationSources sources;
  sources.read_user_file = false;
  sources.system_file.clear();
  sources.flags = {{"account.namespaces", "acme=work, ann = private"}};
  const auto configuration = Configuration::load(sources);
  ASSERT_TRUE(configuration) << configuration.error().message;
  EXPECT_EQ(account_of_namespace(*configuration, "acme"), "work");
  EXPECT_EQ(account_of_namespace(*configuration, "ann"), "private");
  EXPECT_EQ(account_of_namespace(*configuration, "other"), "");
}

}  // namespace
}  // namespace dockerhub::cli
