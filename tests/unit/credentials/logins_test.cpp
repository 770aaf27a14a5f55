// Logging in and out, against a Docker Hub of the test and a credential helper that it wrote.
#include "dockerhub/logins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "settings.hpp"
#include "site.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kNotFound = "echo 'credentials not found in native keychain'; exit 1";
const std::string kKeep = "cat > \"$HOME/kept\"";
const std::string kGive = "cat \"$HOME/kept\" 2> /dev/null || { " + kNotFound + "; }";

class LoggingIn : public testing::Test {
 protected:
  LoggingIn() {
    hub_.answer_by([](const std::string& path, const std::string&) -> std::string {
      if (path == "/v2/auth/token") return http::ok(R"({"access_token":"session"})");
      if (path == "/v2/users/2fa-login") return http::ok(R"({"token":"session"})");
      if (path == "/v2/access-tokens") return http::ok(R"({"token":"dckr_pat_made"})");
      const std::string body = R"({"login_2fa_token":"challenge"})";
      return "HTTP/1.1 401 x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    });
  }

  Logins logins(std::map<std::string, std::string> variables = {}) const {
    variables.insert({{"HOME", home()},
                      {"PATH", home() + "/bin:/usr/bin:/bin"},
                      {"DOCKERHUB_URL", hub_.url()},
                      {"DOCKER_REGISTRY_URL", hub_.url()}});
    return Logins(settings_.load(variables));
  }
  // Docker keeps its log-ins with a helper that does this.
  void use_helper(const std::string& store, const std::string& get, const std::string& erase) {
    settings_.folder().write(".docker/config.json", R"({"credsStore":"test"})");
    settings_.folder().write("bin/docker-credential-test",
                             "#!/bin/sh\ncase \"$1\" in\nstore) " + store + " ;;\nget) " + get +
                                 " ;;\nerase) " + erase + " ;;\nesac\n",
                             0700);
  }
  static NewLogin ann(const std::string& secret = "dckr_pat_1") {
    NewLogin login;
    login.user = "ann";
    login.secret = secret;
    return login;
  }
  static LoginAsker willing() {
    return {[] { return std::optional<std::string>("123456"); },
            [](const std::string&) { return Decision::approved; }};
  }
  std::string home() const { return settings_.folder().path().string(); }
  std::string text_of(const std::string& name) const {
    std::ifstream file(home() + '/' + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  Settings settings_;
  Site hub_{"127.0.0.1"};
};

TEST_F(LoggingIn, SendsAndStoresNothingThatCannotBeALogin) {
  std::vector<NewLogin> wrong(6, ann());
  wrong[0].user = "";
  wrong[1].user = "ann:x";
  wrong[2].user = "ann\n";
  wrong[3].secret = "";
  wrong[4].secret = "two\nlines";
  wrong[5].account = "at work";
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    const auto refused = logins().log_in(wrong[i], {}, {});
    ASSERT_FALSE(refused) << i;
    EXPECT_EQ(refused.error().kind, ErrorKind::parameter) << i;
  }
  EXPECT_THAT(hub_.requests(), IsEmpty());
  EXPECT_THAT(logins().accounts().value(), IsEmpty());
}

TEST_F(LoggingIn, TakesNoAccountNameForARegistryAndNoPathInItsHost) {
  NewLogin named = ann();
  named.host = "r.example";
  named.account = "work";
  EXPECT_THAT(logins().log_in(named, {}, {}).error().message, HasSubstr("Docker Hub alone"));
  NewLogin path = ann();
  path.host = "r.example/team";
  const auto refused = logins().log_in(path, {}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::parameter);
  EXPECT_THAT(refused.error().message, HasSubstr("'r.example/team' is no registry host"));
  path.host = "r.example:port";
  EXPECT_THAT(logins().log_in(path, {}, {}).error().message, HasSubstr("is no registry host"));
}

TEST_F(LoggingIn, KeepsAFurtherAccountOutOfDockersFile) {
  settings_.folder().write(".docker/config.json", "{}");
  NewLogin work = ann();
  work.account = "work";
  const auto done = logins().log_in(work, {}, {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->kept_in, HasSubstr("dockerhub/logins.json"));
  EXPECT_EQ(text_of(".docker/config.json"), "{}");
}

TEST_F(LoggingIn, WarnsOfAnotherAccountThatTheSettingsName) {
  const auto done = logins({{"DOCKERHUB_ACCOUNT", "private"}}).log_in(ann(), {}, {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->warnings, Contains(HasSubstr("DOCKERHUB_ACCOUNT counts before it")));
}

TEST_F(LoggingIn, NamesTheTokenThatNobodyHasWhereItCannotBeKept) {
  use_helper("exit 1", kNotFound, "exit 1");
  const auto failed = logins().log_in(ann("a password"), willing(), {});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("docker-credential-test"));
  EXPECT_THAT(failed.error().hint, HasSubstr("delete the access token \"dockerhub on "));
  EXPECT_THAT(logins().accounts().value(), IsEmpty());
}

TEST_F(LoggingIn, SaysWhereTheSecretIsThatNoAccountIsKnownFor) {
  use_helper(kKeep + "; mkdir -p \"$HOME/.config/dockerhub\"; echo x > " +
                 "\"$HOME/.config/dockerhub/accounts.json\"",
             kGive, "exit 1");
  const auto failed = logins().log_in(ann(), {}, {});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().hint, HasSubstr("The secret is in docker-credential-test already"));
}

TEST_F(LoggingIn, WarnsOfAFormerPlaceThatDoesNotForget) {
  use_helper(kKeep, kGive, "exit 1");
  ASSERT_TRUE(logins().log_in(ann(), {}, {}));
  NewLogin moved = ann();
  moved.own_file = true;
  const auto done = logins().log_in(moved, {}, {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->kept_in, HasSubstr("logins.json"));
  EXPECT_THAT(done->warnings, Contains(AllOf(HasSubstr("docker-credential-test"),
                                             HasSubstr("may still be there"))));
}

TEST_F(LoggingIn, SaysThatItMayNotBeKeptWhereItCannotBeWrittenOnceMore) {
  use_helper("test ! -e \"$HOME/kept\" || exit 1; " + kKeep, kGive, "exit 1");
  NewLogin own = ann();
  own.own_file = true;
  ASSERT_TRUE(logins().log_in(own, {}, {}));
  const auto failed = logins().log_in(ann(), {}, {});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().hint, HasSubstr("may not be kept: log in again"));
}

TEST_F(LoggingIn, OutOfWhatIsNoHostIsRefused) {
  const auto refused = logins().log_out("r.example/team", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::parameter);
  EXPECT_EQ(refused.error().status_code, 0);
  EXPECT_THAT(refused.error().message, HasSubstr("is no registry host"));
}

TEST_F(LoggingIn, OutWhereNobodyIsLoggedInIsNotFound) {
  const auto nobody = logins().log_out({}, {});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().status_code, 404);
  EXPECT_THAT(nobody.error().message, HasSubstr("nobody is logged in to Docker Hub"));
}

TEST_F(LoggingIn, OutIsLeftUndoneByACancelledCaller) {
  use_helper(kKeep, kGive, "rm -f \"$HOME/kept\"");
  ASSERT_TRUE(logins().log_in(ann(), {}, {}));
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled = logins().remove_account("ann", stop.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_THAT(logins().accounts().value(), SizeIs(1));
  EXPECT_THAT(text_of("kept"), HasSubstr("dckr_pat_1"));
}

}  // namespace
}  // namespace dockerhub
