// Many threads, two accounts, modules that come and go.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;

TEST(ConcurrentCalls, TwoKernelsWithDifferentAccountsUseOneModuleFile) {
  const auto kernel_of = [](const char* user) {
    auto kernel = std::make_unique<TestKernel>(TestKernel::Variables{
        {"DOCKER_HUB_USER", user}, {"DOCKER_HUB_TOKEN", "dckr_pat_of_somebody"}});
    kernel->trust("c_module.so");
    return kernel;
  };
  const auto ada = kernel_of("ada");
  const auto bob = kernel_of("bob");
  std::vector<std::thread> threads;
  threads.reserve(32);
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      TestKernel& kernel = thread % 2 == 0 ? *ada : *bob;
      const char* own = thread % 2 == 0 ? "\"name\":\"ada\"" : "\"name\":\"bob\"";
      for (int call = 0; call < 200; ++call) {
        const CallResult result = kernel->call(request("c_module", "identity"), Caller());
        ASSERT_THAT(result.envelope, testing::AllOf(HasSubstr(own), HasSubstr("\"kind\":\"pat\"")));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ConcurrentCalls, LoadUnloadAndReloadWhile32ThreadsCall) {
  TestKernel kernel;
  kernel.trust("c_module.so");
  std::atomic<bool> done = false;
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  threads.reserve(32);
  for (int thread = 0; thread < 32; ++thread) {
    threads.emplace_back([&] {
      while (!done) {
        const CallResult result =
            kernel->call(request("c_module", "echo", R"({"text":"hello"})"), Caller());
        if (!result.error) {
          ++answered;
          ASSERT_THAT(result.envelope, HasSubstr("hello"));
          continue;
        }
        ASSERT_THAT(result.error->kind,
                    testing::AnyOf(ErrorKind::unknown_tool, ErrorKind::module_fault))
            << result.envelope;
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    EXPECT_TRUE(kernel->reload("c_module"));
    const auto unloaded = kernel->unload("c_module", std::chrono::seconds(10));
    ASSERT_TRUE(unloaded) << unloaded.error().message;
    EXPECT_NE(*unloaded, UnloadOutcome::draining);
    EXPECT_TRUE(kernel->load("c_module"));
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(answered, 0);
  EXPECT_FALSE(kernel->call(request("c_module", "echo", R"({"text":"hello"})"), Caller()).error);
}

TEST(ReloadedModule, AnswersAlsoWhereItsManifestIsTheSame) {
  TestKernel kernel;
  kernel.trust("c_module.so");
  const auto echo = [&] {
    return kernel->call(request("c_module", "echo", R"({"text":"hello"})"), Caller()).envelope;
  };
  kernel->rescan();
  EXPECT_THAT(echo(), HasSubstr("\"hello\"")) << "looked at again before its first use";
  kernel->rescan();
  EXPECT_THAT(echo(), HasSubstr("\"hello\"")) << "looked at again in use";
  ASSERT_TRUE(kernel->reload("c_module"));
  EXPECT_THAT(echo(), HasSubstr("\"hello\""));
}

TEST(ConcurrentCalls, AnUnloadEndsACallThatDoesNotEnd) {
  TestKernel kernel;
  std::atomic<bool> running = false;
  CallResult result;
  std::thread caller_thread([&] {
    Caller caller;
    caller.progress = [&](const Progress&) { running = true; };
    result =
        kernel->call(request("demo", "slow", R"({"steps":10000,"milliseconds":60000})"), caller);
  });
  while (!running) std::this_thread::yield();
  const auto unloaded = kernel->unload("demo", std::chrono::milliseconds(10));
  caller_thread.join();
  ASSERT_TRUE(result.error);
  EXPECT_THAT(result.error->message, HasSubstr("unloaded"));
  ASSERT_TRUE(unloaded);
  EXPECT_EQ(kernel->call(request("demo", "echo", R"({"text":"a"})"), Caller()).error->kind,
            ErrorKind::unknown_tool);
}

}  // namespace
}  // namespace dockerhub::test
