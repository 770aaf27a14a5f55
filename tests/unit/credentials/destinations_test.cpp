// The secret that goes with the requests of a module to a host that it names.
#include "surfaces/destinations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;

class DestinationSecret : public testing::Test {
 protected:
  std::shared_ptr<http::Authorizer> authorizer(const std::string& as,
                                               const std::string& header = {}) const {
    ModuleSetting setting;
    setting.key = "token";
    setting.variable = "MIRROR_TOKEN";
    Manifest module;
    module.name = "mirror";
    module.settings = {setting};
    const Destination destination{"mirror", "https://mirror.example", "", "token", as, header};
    return destination_authorizer(settings_.load(environment_), module, destination);
  }

  Settings settings_;
  std::map<std::string, std::string> environment_ = {{"MIRROR_TOKEN", "ann:pw"}};
};

TEST_F(DestinationSecret, IsSentAsItsModuleSays) {
  const auto sent = [](http::Authorizer& authorizer) {
    return value_of(*authorizer.authorization(http::Request(), {}));
  };
  EXPECT_EQ(sent(*authorizer("bearer")), "Bearer ann:pw");
  EXPECT_EQ(sent(*authorizer("basic")), basic("ann:pw"));
  EXPECT_EQ(authorizer("basic")->header_name(), "Authorization");
  EXPECT_EQ(sent(*authorizer("header", "X-Mirror-Key")), "ann:pw");
  EXPECT_EQ(authorizer("header", "X-Mirror-Key")->header_name(), "X-Mirror-Key");
}

TEST_F(DestinationSecret, IsNotSentAgainWhereItIsRefused) {
  const auto done = exchange(*authorizer("bearer"), "https://mirror.example/x",
                             [](const std::string&) { return std::pair(401, std::string()); });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->status, 401);
  EXPECT_THAT(done->authorizations, ElementsAre("Bearer ann:pw"));
}

TEST_F(DestinationSecret, IsNothingWhereNobodySetIt) {
  environment_.clear();
  EXPECT_EQ(authorizer("bearer"), nullptr);
  environment_ = {{"MIRROR_TOKEN", ""}};
  EXPECT_EQ(authorizer("bearer"), nullptr);
}

}  // namespace
}  // namespace dockerhub
