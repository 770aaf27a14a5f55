#include "settings.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace dockerhub::rest {
namespace {

Result<Settings> settings(const std::map<std::string, std::string>& environment) {
  ConfigurationSources sources;
  sources.program = ConfigurationSources::Program::rest;
  sources.read_user_file = false;
  sources.system_file.clear();
  sources.environment = environment;
  const auto configuration = Configuration::load(sources);
  if (!configuration) return Failure(configuration.error());
  return read_settings(*configuration, Arguments{});
}

// It would answer for the person whom another setting wants asked.
TEST(Settings, OfAllProgramsDoNotLiftTheConsentOfThisOne) {
  const auto refused = settings({{"DOCKERHUB_CONFIRM", "never"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_NE(refused.error().message.find("DOCKERHUB_CONFIRM"), std::string::npos);
  const auto both = settings({{"DOCKERHUB_CONFIRM", "never"}, {"DOCKERHUB_REST_CONFIRM", "never"}});
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->confirm, server::Confirm::never);
  EXPECT_TRUE(settings({}));
}

}  // namespace
}  // namespace dockerhub::rest
