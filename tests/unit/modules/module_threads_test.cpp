// The table under threads.
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <iterator>
#include <thread>
#include <vector>

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using namespace std::chrono_literals;

class ModuleThreads : public TableFixture {
 protected:
  static void run(int threads, const std::function<void(int)>& body) {
    std::vector<std::thread> running;
    running.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) running.emplace_back(body, i);
    for (std::thread& thread : running) thread.join();
  }
};

TEST_F(ModuleThreads, ThatUseAModuleFirstAtOnceShareOneLoad) {
  constexpr int kThreads = 16;
  std::atomic<int> arrived = 0;
  std::atomic<int> hosts = 0;
  const MakeHost make = make_host_;
  make_host_ = [&](const Manifest& manifest) {
    // The load lasts until all are there.
    while (arrived < kThreads) std::this_thread::yield();
    ++hosts;
    return make(manifest);
  };
  install("c_module");
  table();
  std::vector<std::shared_ptr<Instance>> instances(kThreads);
  run(kThreads, [&](int i) {
    ++arrived;
    instances[static_cast<std::size_t>(i)] = table().acquire("c_module").value_or(nullptr);
  });
  EXPECT_EQ(hosts, 1);
  for (const auto& instance : instances) EXPECT_EQ(instance, instances.front());
  EXPECT_NE(instances.front(), nullptr);
}

TEST_F(ModuleThreads, ThatLookAtAnotherFileAtOnceLoadItOnce) {
  constexpr int kThreads = 8;
  std::atomic<int> arrived = 0;
  std::atomic<int> hosts = 0;
  const MakeHost make = make_host_;
  make_host_ = [&](const Manifest& manifest) {
    // The load of the new file lasts until all look.
    const bool again = ++hosts > 1;
    while (again && arrived < kThreads) std::this_thread::yield();
    return make(manifest);
  };
  install("c_module");
  const auto old = table().acquire("c_module").value();
  install("c_module");
  run(kThreads, [&](int) {
    ++arrived;
    EXPECT_TRUE(table().rescan());
  });
  EXPECT_EQ(hosts, 2);
  EXPECT_NE(table().acquire("c_module").value(), old);
}

TEST_F(ModuleThreads, ThatUnloadAModuleWaitForItsFirstUseNoLongerThanTheirGrace) {
  std::promise<void> entered;
  std::promise<void> release;
  const MakeHost make = make_host_;
  make_host_ = [&](const Manifest& manifest) {
    entered.set_value();
    release.get_future().wait();
    return make(manifest);
  };
  install("c_module");
  table();
  Result<std::shared_ptr<Instance>> used;
  std::thread user([&] { used = table().acquire("c_module"); });
  entered.get_future().wait();
  EXPECT_EQ(table().unload("c_module", 1ms).value_or(UnloadOutcome::pinned),
            UnloadOutcome::draining);
  release.set_value();
  user.join();
  EXPECT_TRUE(used) << "the first use has its instance";
  EXPECT_FALSE(table().acquire("c_module")) << "and is the last one";
}

TEST_F(ModuleThreads, ThatWaitForALoadThatFailsAllLearnWhy) {
  constexpr int kThreads = 16;
  install("create_fails");
  table();
  std::atomic<int> told_why = 0;
  run(kThreads, [&](int) {
    const auto instance = table().acquire("create_fails");
    told_why +=
        !instance && instance.error().message.find("create() failed") != std::string::npos ? 1 : 0;
  });
  EXPECT_EQ(told_why, kThreads);
}

TEST_F(ModuleThreads, MayUseModulesWhileOthersLoadUnloadAndReloadThem) {
  constexpr int kUsers = 32;
  constexpr int kChanges = 20;
  install("c_module");
  install("unknown_status");
  table();
  std::atomic<int> changing = 2;
  std::atomic<int> used = 0;
  std::atomic<int> wrong = 0;
  const auto use = [&](int i) {
    const char* module = i % 2 == 0 ? "c_module" : "unknown_status";
    while (changing > 0) {
      const auto snapshot = table().snapshot();
      const auto instance = table().acquire(module);
      if (!instance) continue;  // unloaded just now
      ++used;
      if ((*instance)->manifest().name != module || (*instance)->tools() == nullptr) ++wrong;
    }
  };
  const auto change = [&](const char* module) {
    for (int i = 0; i < kChanges; ++i) {
      if (!table().reload(module)) ++wrong;
      if (!table().unload(module, 5s)) ++wrong;
      if (!table().load(module)) ++wrong;
      table().list();
    }
    --changing;
  };
  run(kUsers + 3, [&](int i) {
    if (i < kUsers) return use(i);
    if (i == kUsers) return change("c_module");
    if (i == kUsers + 1) return change("unknown_status");
    while (changing > 0) {
      if (!table().rescan()) ++wrong;
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(used, 0);
  for (const char* module : {"c_module", "unknown_status"}) {
    EXPECT_TRUE(table().acquire(module));
    EXPECT_EQ(table().unload(module, 5s).value(), UnloadOutcome::unmapped)
        << "nothing was forgotten";
  }
}

TEST_F(ModuleThreads, MayReloadOneModuleAtOnce) {
  constexpr int kThreads = 32;
  install("c_module");
  table();
  std::atomic<int> reloaded = 0;
  run(kThreads, [&](int) { reloaded += table().reload("c_module") ? 1 : 0; });
  EXPECT_EQ(reloaded, kThreads);
  EXPECT_EQ(table().unload("c_module", 5s).value(), UnloadOutcome::unmapped);
}

TEST(Actions, AreMadeOnceHoweverManyLook) {
  std::atomic<int> first_rows = 0;
  const auto make = [&first_rows](std::size_t index) {
    Action action;
    if (index == 0) ++first_rows;
    if (index == 1) action.short_form = ShortForm{"two", {}};
    return action;
  };
  ShortFormLine line;
  line.name = "two";
  const Actions actions({2, {{line, 1}}, make});
  EXPECT_EQ(actions.size(), 2U);
  EXPECT_FALSE(actions.empty());
  const auto any = [](std::string_view /*name*/) { return true; };
  EXPECT_EQ(actions.with_short_form(any).size(), 1U);
  EXPECT_EQ(actions.short_forms().size(), 1U);
  EXPECT_EQ(first_rows, 0) << "nobody has looked at that one";
  std::vector<std::thread> threads(8);
  for (std::thread& thread : threads) {
    thread = std::thread([copy = actions, &any] {
      EXPECT_EQ(copy.with_short_form(any).size(), 1U);
      EXPECT_EQ(copy.short_forms().at(0).name, "two");
      EXPECT_EQ(std::distance(copy.begin(), copy.end()), 2);
      EXPECT_EQ(copy.with_short_form(any).at(0).short_form->name, "two");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first_rows, 1);
  const auto none = [](std::string_view name) { return name == "one"; };
  EXPECT_TRUE(actions.with_short_form(none).empty());
}

}  // namespace
}  // namespace dockerhub
