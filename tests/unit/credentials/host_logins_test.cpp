#include "credentials/host_logins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string file_with(const std::string& host, const std::string& user) {
  return R"({"auths": {")" + host + R"(": {"username": ")" + user + R"(", "password": "pw-of-)" +
         user + "\"}}}";
}

class LoginsOfHosts : public testing::Test {
 protected:
  void use(const Configuration& configuration) {
    logins_ = std::make_unique<HostLogins>(
        configuration, std::make_shared<Account>(configuration), time_.clocks(),
        [this](std::string_view text) { warnings_.emplace_back(text); });
  }
  std::string home() const { return settings_.folder().path().string(); }
  std::string user(std::string_view registry, const std::string& repository = {}) {
    const auto found = logins_->find({url(registry).origin, repository}, {});
    if (!found) return "error: " + found.error().message;
    return *found ? (*found)->user : "nobody";
  }

  Settings settings_;
  FakeClocks time_;
  std::vector<std::string> warnings_;
  std::unique_ptr<HostLogins> logins_;
};

TEST_F(LoginsOfHosts, ComeFromTheFilesInTheirOrder) {
  settings_.folder().write("run/containers/auth.json", file_with("one.example", "runtime"));
  settings_.folder().write(".config/containers/auth.json", file_with("one.example", "config"));
  settings_.folder().write(".docker/config.json",
                           R"({"auths": {"one.example": {"username": "docker", "password": "x"},
                                         "two.example": {"username": "docker", "password": "x"}}})");
  use(settings_.load({{"HOME", home()}, {"XDG_RUNTIME_DIR", home() + "/run"}}));
  EXPECT_EQ(user("https://one.example"), "runtime");
  EXPECT_EQ(user("https://two.example"), "docker");
  EXPECT_EQ(user("https://three.example"), "nobody");
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(LoginsOfHosts, ComeFromTheNamedFilesInsteadOfTheUsualOnes) {
  settings_.folder().write(".config/containers/auth.json", file_with("r.example", "usual"));
  settings_.folder().write(".docker/config.json", file_with("s.example", "usual"));
  const auto named = settings_.folder().write("named.json", file_with("r.example", "named"));
  settings_.folder().write("docker/config.json", file_with("s.example", "named"));
  use(settings_.load({{"HOME", home()},
                      {"REGISTRY_AUTH_FILE", named.string()},
                      {"DOCKER_CONFIG", home() + "/docker"}}));
  EXPECT_EQ(user("https://r.example"), "named");
  EXPECT_EQ(user("https://s.example"), "named");
}

TEST_F(LoginsOfHosts, OfTheSettingsComeFirstForTheirRegistry) {
  settings_.folder().write(".docker/config.json",
                           file_with("https://index.docker.io/v1/", "of-file"));
  use(settings_.load(
      {{"HOME", home()}, {"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "x-y-z"}}));
  EXPECT_EQ(user("https://registry-1.docker.io"), "ann");
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://registry-1.docker.io"), "of-file");
}

TEST_F(LoginsOfHosts, AreReadAgainWhenTheFileChanges) {
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
  settings_.folder().write(".docker/config.json", file_with("r.example", "ann"));
  EXPECT_EQ(user("https://r.example"), "ann");
  settings_.folder().write(".docker/config.json", file_with("r.example", "somebody-else"));
  EXPECT_EQ(user("https://r.example"), "somebody-else");
}

TEST_F(LoginsOfHosts, AreNotTakenFromAFileThatOthersMayWrite) {
  const auto file = settings_.folder().write(".docker/config.json", file_with("r.example", "ann"));
  std::filesystem::permissions(file, std::filesystem::perms(0666));
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
  EXPECT_EQ(user("https://s.example"), "nobody");
  EXPECT_THAT(warnings_, ElementsAre(AllOf(HasSubstr("config.json"), HasSubstr("may write it"))))
      << "once";
}

TEST_F(LoginsOfHosts, AreTakenFromAFileThatOthersMayReadWithAWarning) {
  const auto file = settings_.folder().write(".docker/config.json", file_with("r.example", "ann"));
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "ann");
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("chmod 600")));
}

TEST_F(LoginsOfHosts, AreNotTakenFromABrokenFileAndItIsNamed) {
  settings_.folder().write(".docker/config.json", "{");
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr(".docker/config.json")));
}

TEST_F(LoginsOfHosts, WarnOfANamedFileThatIsNotThere) {
  use(settings_.load({{"REGISTRY_AUTH_FILE", home() + "/no.json"}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("no.json")));
}

TEST_F(LoginsOfHosts, AreNotForHostsWithoutTlsUnlessTheyAreAllowed) {
  settings_.folder().write(".docker/config.json", file_with("r.example", "ann"));
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("http://r.example"), "nobody");
  use(settings_.load({{"HOME", home()}, {"DOCKERHUB_PLAIN_HTTP_HOSTS", "r.example"}}));
  EXPECT_EQ(user("http://r.example"), "ann");
}

TEST_F(LoginsOfHosts, AreNotTakenFromAFileOfOursThatOthersMayRead) {
  const auto file = settings_.folder().write(
      ".config/dockerhub/logins.json",
      R"({"version":1,"auths":{"r.example":{"username":"ann","password":"x"}}})");
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "ann");
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  use(settings_.load({{"HOME", home()}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("logins.json")));
}

TEST_F(LoginsOfHosts, AreInOneFileOfOursOnly) {
  const std::string logins =
      R"({"version":1,"auths":{"r.example":{"username":"ann","password":"x"}}})";
  settings_.folder().write(".config/dockerhub/logins.json", logins);
  use(settings_.load({{"HOME", home()}, {"XDG_CONFIG_HOME", home() + "/elsewhere"}}));
  EXPECT_EQ(user("https://r.example"), "nobody");
}

class LoginsBesideAnAccount : public LoginsOfHosts {
 protected:
  // The current account is ann; its secret is in logins.json, if `secret`.
  void use_account(std::map<std::string, std::string> variables, bool secret) {
    variables.emplace("HOME", home());
    const Configuration configuration = settings_.load(variables);
    StoredAccount work;
    work.name = "work";
    work.user = "ann";
    work.shelf = {LoginShelf::Kind::own, {}, "https://hub.docker.com/accounts/work"};
    work.urls = {{"hub.url", "https://hub.docker.com"},
                 {"registry.url", "https://registry-1.docker.io"}};
    AccountList list;
    list.put(work);
    list.current = "work";
    ASSERT_TRUE(AccountFile(login_folder(configuration)).write(list));
    if (secret) {
      ASSERT_TRUE(LoginStore(configuration).save(work.shelf, "ann", "of-ann", {}));
    }
    const auto account = std::make_shared<Account>(configuration);
    const auto warn = [this](std::string_view text) { warnings_.emplace_back(text); };
    logins_ = std::make_unique<HostLogins>(
        configuration, account, time_.clocks(), warn, nullptr,
        std::make_shared<StoredLogin>(configuration, "work", account->stored(), warn));
  }
};

TEST_F(LoginsBesideAnAccount, ComeBeforeItFromFilesThatSomebodyChose) {
  const std::string text = file_with("docker.io", "chosen");
  settings_.folder().write(".docker/config.json", file_with("docker.io", "usual"));
  use_account({}, true);
  EXPECT_EQ(user("https://registry-1.docker.io"), "ann");
  use_account({{"REGISTRY_AUTH_FILE", settings_.folder().write("named.json", text).string()}},
              true);
  EXPECT_EQ(user("https://registry-1.docker.io"), "chosen");
  settings_.folder().write("docker/config.json", text);
  use_account({{"DOCKER_CONFIG", home() + "/docker"}}, true);
  EXPECT_EQ(user("https://registry-1.docker.io"), "chosen");
  use_account({{"DOCKER_CONFIG", home() + "/docker"}, {"DOCKERHUB_ACCOUNT", "work"}}, true);
  EXPECT_EQ(user("https://registry-1.docker.io"), "ann");
  use_account({{"DOCKER_CONFIG", home() + "/empty"}}, true);
  EXPECT_EQ(user("https://registry-1.docker.io"), "ann") << "nothing is there";
}

TEST_F(LoginsBesideAnAccount, TakeItsPlaceWhereItsSecretIsGone) {
  settings_.folder().write(".docker/config.json", file_with("docker.io", "usual"));
  use_account({}, false);
  EXPECT_EQ(user("https://registry-1.docker.io"), "usual");
  EXPECT_EQ(user("https://registry-1.docker.io"), "usual");
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("account work"))) << "once";
  use_account({{"DOCKERHUB_ACCOUNT", "work"}}, false);
  EXPECT_THAT(user("https://registry-1.docker.io"), testing::StartsWith("error: "));
}

class LoginsOfHelpers : public LoginsOfHosts {
 protected:
  // A helper that counts how often it is asked and hands out that number, and its environment.
  LoginsOfHelpers() {
    settings_.folder().write("bin/docker-credential-count",
                             "#!/bin/sh\necho x >> \"$HOME/asked\"; env > \"$HOME/environment\"\n"
                             "echo \"{\\\"Username\\\":\\\"user-$(wc -l < \"$HOME/asked\")\\\","
                             "\\\"Secret\\\":\\\"pw\\\"}\"\n",
                             0700);
    settings_.folder().write(".docker/config.json", R"({"credsStore": "count"})");
  }
  std::map<std::string, std::string> environment() const {
    return {{"HOME", home()}, {"PATH", home() + "/bin:/usr/bin:/bin"}};
  }
};

TEST_F(LoginsOfHelpers, AreKeptForFiveMinutes) {
  use(settings_.load(environment()));
  EXPECT_EQ(user("https://r.example"), "user-1");
  time_.pass(std::chrono::seconds(299));
  EXPECT_EQ(user("https://r.example"), "user-1");
  time_.pass(std::chrono::seconds(1));
  EXPECT_EQ(user("https://r.example"), "user-2");
}

TEST_F(LoginsOfHelpers, AreAskedForAgainAfterARefusal) {
  use(settings_.load(environment()));
  EXPECT_EQ(user("https://r.example"), "user-1");
  logins_->forget({url("https://r.example").origin, {}});
  EXPECT_EQ(user("https://r.example"), "user-2");
}

TEST_F(LoginsOfHelpers, ComeFromAProgramThatSeesNoSecretOfOurs) {
  auto variables = environment();
  variables.insert({{"DOCKER_HUB_TOKEN", "not-for-helpers"}, {"SSL_CERT_FILE", "/etc/ca.pem"}});
  use(settings_.load(variables));
  user("https://r.example");
  std::ifstream file(home() + "/environment");
  const std::string seen((std::istreambuf_iterator<char>(file)), {});
  EXPECT_THAT(seen, HasSubstr("SSL_CERT_FILE=/etc/ca.pem"));
  EXPECT_THAT(seen, testing::Not(HasSubstr("not-for-helpers")));
}

TEST_F(LoginsOfHelpers, AreMissingWithAWarningWhenTheHelperIs) {
  settings_.folder().write(
      ".docker/config.json",
      R"({"credsStore": "absent", "auths": {"r.example": {"username": "ann", "password": "x"}}})");
  use(settings_.load(environment()));
  EXPECT_EQ(user("https://r.example"), "ann");
  EXPECT_EQ(user("https://s.example"), "nobody");
  EXPECT_THAT(warnings_, Contains(HasSubstr("docker-credential-absent")));
}

TEST_F(LoginsOfHelpers, AreNotWaitedForByACancelledCaller) {
  use(settings_.load(environment()));
  std::stop_source stop;
  stop.request_stop();
  http::Control control;
  control.stop = stop.get_token();
  const auto found = logins_->find({url("https://r.example").origin, {}}, control);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace dockerhub
