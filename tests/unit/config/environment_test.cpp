#include "config/environment.hpp"

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "config/configuration_impl.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

constexpr const char* kChild = "DISABLED_EnvironmentBlock.IsCleanAfterLoading";

std::string own_environment_block() {
  std::ifstream file("/proc/self/environ", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs in a process of its own, whose block was made by execve().
TEST(DISABLED_EnvironmentBlock, IsCleanAfterLoading) {
  ASSERT_NE(own_environment_block().find("canary-token-1"), std::string::npos);
  ConfigurationSources sources = no_sources();
  sources.process_environment = true;
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "canary-token-1");
  EXPECT_EQ(loaded->impl().secrets.at("account.scim_token").reveal(), "canary-named");
  wipe_environment({"MODULE_KEY"});
  const std::string block = own_environment_block();
  for (const char* const canary :
       {"canary-token-1", "canary-token-2", "canary-jwt", "canary-module", "canary-named"}) {
    EXPECT_EQ(block.find(canary), std::string::npos) << canary;
  }
  EXPECT_NE(block.find("OTHER=kept"), std::string::npos);
  EXPECT_EQ(::getenv("DOCKER_HUB_TOKEN"), nullptr);
  EXPECT_EQ(::getenv("MODULE_KEY"), nullptr);
  EXPECT_EQ(::getenv("NAMED"), nullptr);
  EXPECT_STREQ(::getenv("OTHER"), "kept");
}

TEST(DISABLED_EnvironmentBlock, IsCleanAfterAFailure) {
  ConfigurationSources sources = no_sources();
  sources.process_environment = true;
  sources.env_file = "/nowhere/x.env";
  ASSERT_FALSE(Configuration::load(sources));
  EXPECT_EQ(own_environment_block().find("canary-token-1"), std::string::npos);
}

int run_child(const std::string& test) {
  std::string program = "/proc/self/exe";
  std::string filter = "--gtest_filter=" + test;
  std::string disabled = "--gtest_also_run_disabled_tests";
  std::vector<std::string> variables = {
      "DOCKER_HUB_TOKEN=canary-token-1", "DOCKERHUB_TOKEN=canary-token-2",
      "DOCKERHUB_JWT=canary-jwt",        "DOCKER_HUB_TOKEN=canary-token-1",
      "MODULE_KEY=canary-module",        "OTHER=kept",
      "DOCKERHUB_SCIM_TOKEN=env:NAMED",  "NAMED=canary-named"};
  std::array<char*, 4> arguments = {program.data(), filter.data(), disabled.data(), nullptr};
  std::vector<char*> environment;
  environment.reserve(variables.size() + 1);
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(),
                    environment.data()) != 0)
    return -1;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(EnvironmentBlock, HoldsNoSecretAfterLoading) {
  EXPECT_EQ(run_child(kChild), 0);
}

TEST(EnvironmentBlock, HoldsNoSecretAfterAFailure) {
  EXPECT_EQ(run_child("DISABLED_EnvironmentBlock.IsCleanAfterAFailure"), 0);
}

TEST(UserConfigurationFolder, FollowsTheXdgRules) {
  EXPECT_EQ(user_configuration_folder({{"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}}), "/x/dockerhub");
  EXPECT_EQ(user_configuration_folder({{"XDG_CONFIG_HOME", "x"}, {"HOME", "/h"}}),
            "/h/.config/dockerhub");
  EXPECT_EQ(user_configuration_folder({{"HOME", "h"}}), "");
  EXPECT_EQ(user_configuration_folder({}), "");
}

}  // namespace
}  // namespace dockerhub
