// Resources that many clients begin and cease to watch at once.
#include "change_feed.hpp"

#include <atomic>
#include <set>
#include <thread>

#include "server_parts.hpp"

namespace dockerhub::mcp::test {
namespace {

ChangeFeed::Tell into(Inbox& inbox) {
  return [&inbox](const Change& change) { inbox.put("<" + change.uri + ">"); };
}

TEST(ChangeFeedThreads, AModuleKnowsInTheEndWhatIsTrue) {
  ServerParts parts;
  std::vector<std::thread> threads;
  threads.reserve(8);
  std::atomic<int> failed = 0;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 25; ++round) {
        const auto listener =
            parts.changes.add({Change::Kind::tools}, [](const Change& /*change*/) {});
        if (!parts.changes.watch(listener, kWatched, {})) ++failed;
        if ((round + thread) % 2 == 0) parts.changes.unwatch(listener, kWatched);
        if (round % 8 == 0) parts.change_tools();
        parts.changes.remove(listener);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_TRUE(parts.workers.wait_idle(kDeadline));
  EXPECT_EQ(parts.told(), "Told of 0 watched resources.");

  Inbox inbox;
  const auto last = parts.changes.add({}, into(inbox));
  ASSERT_TRUE(parts.changes.watch(last, kWatched, {}));
  EXPECT_EQ(parts.told(), "Told of 1 watched resources.");
  EXPECT_FALSE(inbox.take(kWatched).empty());
  parts.changes.remove(last);
}

TEST(ChangeFeed, AModuleThatWasReplacedIsToldAgain) {
  ServerParts parts;
  Inbox inbox;
  const auto listener = parts.changes.add({}, into(inbox));
  ASSERT_TRUE(parts.changes.watch(listener, kWatched, {}));
  ASSERT_TRUE(parts.kernel->reload("mcp_fixture"));
  EXPECT_EQ(parts.told(), "Told of 0 watched resources.");
  parts.changes.renew();
  EXPECT_EQ(parts.told(), "Told of 1 watched resources.");
  EXPECT_FALSE(inbox.take(kWatched).empty());
  parts.changes.remove(listener);
}

TEST(ChangeFeed, WhatCannotBeWatchedIsAnErrorAndNothingIsKept) {
  ServerParts parts;
  Inbox inbox;
  const auto listener = parts.changes.add({}, into(inbox));
  const auto unknown = parts.changes.watch(listener, "nowhere://at-all", {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::parameter);
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_FALSE(parts.changes.watch(listener, kWatched, stopped.get_token()));
  ASSERT_TRUE(parts.changes.watch(listener, kWatched, {}));
  parts.changes.remove(listener);
  EXPECT_FALSE(parts.changes.watch(listener, kWatched, {})) << "the listener has gone";
}

TEST(ChangeFeed, OneListenerWatchesABoundedNumber) {
  ServerParts parts;
  const auto listener = parts.changes.add({}, [](const Change& /*change*/) {});
  // The fixture has a template that all of these fit.
  const auto uri = [](std::size_t number) {
    return "test://template/" + std::to_string(number) + "/data";
  };
  for (std::size_t number = 0; number < ChangeFeed::kMostResources; ++number) {
    ASSERT_TRUE(parts.changes.watch(listener, uri(number), {})) << number;
  }
  const auto refused = parts.changes.watch(listener, uri(ChangeFeed::kMostResources), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::policy);
  EXPECT_TRUE(parts.changes.watch(listener, uri(0), {})) << "it is watched already";
  parts.changes.unwatch(listener, uri(0));
  EXPECT_TRUE(parts.changes.watch(listener, uri(ChangeFeed::kMostResources), {}));
  parts.changes.remove(listener);
}

}  // namespace
}  // namespace dockerhub::mcp::test
