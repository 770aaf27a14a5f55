// Records that outlive a process, as a module has them. Compiled a second time for modules in processes of
// their own.
#include <gmock/gmock.h>

#include <mutex>
#include <string>
#include <vector>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// Each kernel stands for one process; they share the places of one user.
class KeptInPlaces : public testing::Test {
 protected:
  TestKernel::Variables user() const {
    return {{"XDG_CACHE_HOME", (home_.path() / "cache").string()},
            {"XDG_STATE_HOME", (home_.path() / "state").string()}};
  }
  Hooks logging() {
    Hooks hooks;
    hooks.log = [this](LogLevel level, std::string_view text) {
      const std::lock_guard lock(mutex_);
      if (level >= LogLevel::warning) warnings_.emplace_back(text);
    };
    return hooks;
  }
  std::string run(const std::string& action, const std::string& params = "{}",
                  TestKernel::Variables more = {}) {
    more.merge(user());
    TestKernel kernel(more, logging());
    kernel.trust("keeper.so");
    return data_of(kernel->call(request("keeper", action, params), Caller()));
  }

  TemporaryHome home_;
  std::mutex mutex_;
  std::vector<std::string> warnings_;
};

TEST_F(KeptInPlaces, AreFoundByTheNextProcess) {
  EXPECT_EQ(run("get"), R"("none")");
  EXPECT_EQ(run("put", R"({"value":"byte 7"})"), R"({"status":0})");
  EXPECT_EQ(run("get"), R"({"value":"byte 7"})");
  EXPECT_EQ(run("get", R"({"name":"other"})"), R"("none")");
  EXPECT_EQ(run("forget"), R"({"status":0})");
  EXPECT_EQ(run("get"), R"("none")");
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(KeptInPlaces, AreAnotherAccountsOwn) {
  ASSERT_EQ(run("put", R"({"value":"byte 7"})"), R"({"status":0})");
  const TestKernel::Variables ann = {{"DOCKER_HUB_USER", "ann"},
                                     {"DOCKER_HUB_TOKEN", "dckr_pat_of_ann_00000000000000000"}};
  EXPECT_EQ(run("get", "{}", ann), R"("none")");
}

TEST_F(KeptInPlaces, AreOneHoldersAtATime) {
  EXPECT_EQ(run("twice"), R"("taken")");
  EXPECT_EQ(run("twice"), R"("taken")") << "the end of a call gives it back";
}

TEST_F(KeptInPlaces, AreNoneInADryRun) {
  TestKernel kernel(user());
  kernel.trust("keeper.so");
  CallRequest dry = request("keeper", "put", R"({"value":"byte 7"})");
  dry.options.dry_run = true;
  EXPECT_EQ(data_of(kernel->call(dry, Caller())), R"("dry run")");
  EXPECT_FALSE(std::filesystem::exists(home_.path() / "cache" / "dockerhub" / "kept"));
}

TEST_F(KeptInPlaces, AreNoErrorOfTheCallWhereTheyCannotBeHad) {
  TestKernel kernel(user());
  kernel.trust("keeper.so");
  const CallResult result = kernel->call(request("keeper", "fail"), Caller());
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, "for another reason");
}

TEST_F(KeptInPlaces, WithoutAFolderAreDoneWithout) {
  const TestKernel::Variables nowhere = {{"XDG_STATE_HOME", "/dev/null"}};
  EXPECT_EQ(run("put", R"({"value":"byte 7"})", nowhere), R"("unsupported")");
  EXPECT_THAT(warnings_, Contains(HasSubstr("nothing is kept for a next run")));
}

TEST_F(KeptInPlaces, HaveBoundsOfSizeAndName) {
  EXPECT_EQ(run("put", R"({"value":")" + std::string(16 * 1024, 'v') + R"("})"), R"({"status":0})");
  EXPECT_EQ(run("put", R"({"value":")" + std::string(16 * 1024 + 1, 'v') + R"("})"),
            R"({"status":-8})");
  TestKernel kernel(user());
  kernel.trust("keeper.so");
  const std::string name(1025, 'n');
  const CallResult result =
      kernel->call(request("keeper", "get", R"({"name":")" + name + R"("})"), Caller());
  ASSERT_TRUE(result.error);
  EXPECT_THAT(result.error->message, HasSubstr("1 to 1,024 bytes"));
}

}  // namespace
}  // namespace dockerhub::test
