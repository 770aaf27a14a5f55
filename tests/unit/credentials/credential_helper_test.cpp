#include "credentials/credential_helper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "../temporary_folder.hpp"
#include "fakes.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::Not;

class Helper : public testing::Test {
 protected:
  // Makes docker-credential-test of that shell code.
  void write(const std::string& code) {
    folder_.write("docker-credential-test", "#!/bin/sh\n" + code + "\n", 0700);
  }
  std::string path() const { return folder_.path().string() + ":/usr/bin:/bin"; }
  Result<std::shared_ptr<const Login>> ask(const http::Control& control = {},
                                           const std::string& name = "test") {
    return ask_helper({name, "r.example:5000", {{"PATH", path()}, {"MARK", "seen"}}}, book_,
                      control);
  }

  TemporaryFolder folder_;
  SecretBook book_;
};

TEST_F(Helper, IsAskedForTheServerOnItsStandardInput) {
  write(
      "server=$(cat); echo \"{\\\"ServerURL\\\":\\\"x\\\",\\\"Username\\\":\\\"$server\\\","
      "\\\"Secret\\\":\\\"$1-$MARK\\\"}\"");
  const auto login = ask();
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ((*login)->user, "r.example:5000");
  EXPECT_EQ(value_of((*login)->password), "get-seen");
  EXPECT_EQ((*login)->source, "docker-credential-test");
  EXPECT_FALSE(book_.known()->values.empty());
}

TEST_F(Helper, GivesIdentityTokensUnderASpecialName) {
  write(R"(echo '{"Username":"<token>","Secret":"refresh"}')");
  const auto login = ask();
  EXPECT_EQ(value_of((*login)->identity_token), "refresh");
  EXPECT_EQ((*login)->password, nullptr);
}

TEST_F(Helper, MayKnowNothing) {
  write("echo 'credentials not found in native keychain'; exit 1");
  const auto none = ask();
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_EQ(*none, nullptr);
  write(R"(echo '{"Username":"","Secret":""}')");
  EXPECT_EQ(ask().value(), nullptr);
}

TEST_F(Helper, FailsWithoutShowingWhatItWrote) {
  for (const char* const code :
       {"echo SECRET; echo SECRET >&2; exit 3", "echo SECRET", "kill -9 $$"}) {
    write(code);
    const auto failed = ask();
    ASSERT_FALSE(failed) << code;
    EXPECT_EQ(failed.error().kind, ErrorKind::configuration);
    EXPECT_THAT(failed.error().message, HasSubstr("docker-credential-test"));
    EXPECT_THAT(failed.error().message, HasSubstr("r.example:5000"));
    EXPECT_THAT(failed.error().message + failed.error().hint, Not(HasSubstr("SECRET")));
  }
}

TEST_F(Helper, DidNotStoreWhatItWasNotSeenToStore) {
  write("exit 1");
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const auto stored =
      store_in_helper({"test", "r.example", {{"PATH", path()}}}, "ann", "secret-of-ann", {});
  std::signal(SIGCHLD, before);
  EXPECT_FALSE(stored);
}

TEST_F(Helper, IsFoundInAbsoluteFoldersOfThePathOnly) {
  const auto missing = ask();
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("not in PATH"));
  write("echo '{}'");
  EXPECT_FALSE(ask_helper({"test", "r", {{"PATH", ".:bin"}}}, book_, {}));
  EXPECT_FALSE(ask_helper({"test", "r", {}}, book_, {}));
}

TEST_F(Helper, HasANameWithoutPathOrOptions) {
  for (const char* const name : {"", "../test", "a/b", "te st", "$(x)", "test\n"})
    EXPECT_FALSE(ask({}, name)) << name;
}

TEST_F(Helper, IsEndedWhenItWritesTooMuch) {
  write("exec cat /dev/zero");
  const auto failed = ask();
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("too much output"));
}

TEST_F(Helper, IsNamedWhereTheSystemCannotRunIt) {
  folder_.write("docker-credential-test", "#!/no/such/interpreter\n", 0700);
  const auto failed = ask();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::configuration);
  EXPECT_THAT(failed.error().message, HasSubstr("cannot run"));
  EXPECT_THAT(failed.error().message, HasSubstr("docker-credential-test"));
}

// The helper says when it runs, and waits for something that never comes.
constexpr const char* kHangs = "echo $$ > \"$RUNS\"; exec sleep 1000";

class HangingHelper : public Helper {
 protected:
  HangingHelper() {
    write(kHangs);
    question_ = {"test", "r", {{"PATH", path()}, {"RUNS", runs_.string()}}};
  }
  bool runs() const {
    return std::filesystem::exists(runs_) && std::filesystem::file_size(runs_) > 1;
  }
  // Of the process that the helper became.
  bool is_gone() const {
    std::ifstream file(runs_);
    std::string id;
    std::getline(file, id);
    return !std::filesystem::exists("/proc/" + id + "/exe");
  }

  std::filesystem::path runs_ = folder_.path() / "runs";
  HelperQuestion question_;
};

TEST_F(HangingHelper, IsEndedAtTheDeadline) {
  http::Control control;
  control = control.within(std::chrono::milliseconds(1500));
  const auto late = ask_helper(question_, book_, control);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::timeout);
  EXPECT_TRUE(runs());
  EXPECT_TRUE(is_gone());
}

TEST_F(HangingHelper, IsEndedWhenItsCallerIsCancelled) {
  std::stop_source stop;
  http::Control control;
  control.stop = stop.get_token();
  std::thread canceller([&] {
    while (!runs()) std::this_thread::yield();
    stop.request_stop();
  });
  const auto cancelled = ask_helper(question_, book_, control);
  canceller.join();
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(is_gone());
}

}  // namespace
}  // namespace dockerhub
