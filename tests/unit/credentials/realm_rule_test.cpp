#include "credentials/realm_rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

class Realm : public testing::Test {
 protected:
  Realm() {
    login_.user = "ann";
    login_.source = "/home/ann/.docker/config.json";
  }

  void use(const Configuration& configuration) {
    rule_ = std::make_unique<RealmRule>(configuration, std::make_shared<Account>(configuration));
  }
  bool may_get_login(std::string_view registry, std::string_view realm) {
    return rule_->check(url(registry).origin, url(realm), &login_).has_value();
  }
  bool may_be_asked(std::string_view registry, std::string_view realm) {
    return rule_->check(url(registry).origin, url(realm), nullptr).has_value();
  }

  Settings settings_;
  Login login_;
  std::unique_ptr<RealmRule> rule_;
};

TEST_F(Realm, OnTheRegistrysOwnHostGetsItsLogin) {
  use(settings_.load({}));
  EXPECT_TRUE(may_get_login("https://r.example", "https://r.example/token"));
  EXPECT_TRUE(may_get_login("https://r.example:5000", "https://r.example:5001/token"))
      << "a token service is known by its name alone";
  EXPECT_TRUE(may_get_login("http://127.0.0.1:5000", "http://127.0.0.1:5001/token"));
}

TEST_F(Realm, OfDockerGetsLoginsOfDockersRegistryAlone) {
  use(settings_.load({}));
  EXPECT_TRUE(may_get_login("https://registry-1.docker.io", "https://auth.docker.io/token"));
  EXPECT_FALSE(may_get_login("https://r.example", "https://auth.docker.io/token"));
  EXPECT_FALSE(may_get_login("https://registry-1.docker.io:444", "https://auth.docker.io/token"));
}

TEST_F(Realm, OfAnotherHostGetsNoLogin) {
  use(settings_.load({}));
  for (const char* const realm : {"https://evil.example/token", "https://r.example.evil.example/",
                                  "https://sub.r.example/", "https://127.0.0.1/"})
    EXPECT_FALSE(may_get_login("https://r.example", realm)) << realm;
}

TEST_F(Realm, ThatIsRefusedIsNamedWithWhatWouldAllowIt) {
  use(settings_.load({}));
  const auto refused = rule_->check(url("https://r.example:5000").origin,
                                    url("https://evil.example/token?state=signature"), &login_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::auth);
  EXPECT_THAT(refused.error().message, HasSubstr("https://r.example:5000"));
  EXPECT_THAT(refused.error().message, HasSubstr("https://evil.example/token,"));
  EXPECT_THAT(refused.error().hint, HasSubstr("r.example:5000=evil.example"));
  EXPECT_THAT(refused.error().hint, HasSubstr("registry.realms"));
}

TEST_F(Realm, OfAnotherHostGetsALoginWhereTheOperatorSaysSo) {
  use(settings_.load({},
                     "registry:\n  realms: r.example:5000=tokens.example,s.example=t.example\n"));
  EXPECT_TRUE(may_get_login("https://r.example:5000", "https://tokens.example/token"));
  EXPECT_TRUE(may_get_login("https://s.example", "https://t.example:8443/token"));
  EXPECT_FALSE(may_get_login("https://r.example", "https://tokens.example/token"));
  EXPECT_FALSE(may_get_login("https://s.example", "https://tokens.example/token"));
  EXPECT_FALSE(may_get_login("https://s.example", "http://t.example/token"));
}

TEST_F(Realm, OfTheSettingBelongsToTheRegistryOfTheSameSource) {
  use(settings_.load({{"DOCKER_REGISTRY_URL", "https://r.example"},
                      {"DOCKER_REGISTRY_AUTH_URL", "https://tokens.example/token"}}));
  EXPECT_TRUE(may_get_login("https://r.example", "https://tokens.example/token"));
  EXPECT_FALSE(may_get_login("https://s.example", "https://tokens.example/token"));
}

TEST_F(Realm, OfAnyHostWithTlsMayBeAskedForATokenForNobody) {
  use(settings_.load({}));
  EXPECT_TRUE(may_be_asked("https://r.example", "https://tokens.example/token"));
}

TEST_F(Realm, WithoutTlsIsAskedFromThisMachineToThisMachineOnly) {
  use(settings_.load({{"DOCKERHUB_PLAIN_HTTP_HOSTS", "r.lan"}}));
  EXPECT_TRUE(may_be_asked("http://localhost:5000", "http://127.0.0.1:5001/token"));
  EXPECT_FALSE(may_be_asked("https://r.example", "http://r.example/token"));
  EXPECT_FALSE(may_be_asked("https://r.example", "http://127.0.0.1/token"));
  EXPECT_FALSE(may_be_asked("http://127.0.0.1:5000", "http://r.example/token"));
  EXPECT_FALSE(may_get_login("http://r.lan", "http://r.lan:5001/token"));
}

TEST_F(Realm, WithinThisNetIsNotReachedThroughARegistryOutside) {
  use(settings_.load({}));
  for (const char* const realm :
       {"https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/", "https://[fd00::1]/",
        "https://localhost/"})
    EXPECT_FALSE(may_be_asked("https://r.example", realm)) << realm;
  EXPECT_TRUE(may_be_asked("https://10.0.0.2", "https://10.0.0.1/"));
}

}  // namespace
}  // namespace dockerhub
