// What one server is made of, over a kernel with the fixture module, and a place for what it says.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "../call/test_kernel.hpp"
#include "change_feed.hpp"
#include "outlet.hpp"
#include "server/worker_pool.hpp"
#include "service.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp::test {

inline constexpr std::chrono::seconds kDeadline{20};
inline constexpr const char* kWatched = "test://watched-resource";

class ServerParts {
 public:
  ServerParts() { kernel.trust("mcp_fixture.so"); }
  // Sessions and servers have gone before.
  ~ServerParts() {
    changes.close();
    EXPECT_TRUE(workers.wait_idle(kDeadline));
  }
  ServerParts(const ServerParts&) = delete;
  ServerParts& operator=(const ServerParts&) = delete;

  // How many resources the module believes to be watched, as it says itself.
  std::string told() {
    const CallResult result = kernel->call(
        dockerhub::test::request("mcp_fixture", "test_trigger_resource_change"), Caller());
    return result.contents.empty() ? result.envelope : result.contents.front().text;
  }
  void change_tools() {
    const CallResult result =
        kernel->call(dockerhub::test::request("mcp_fixture", "test_trigger_tool_change"), Caller());
    EXPECT_FALSE(result.error) << result.envelope;
  }

  dockerhub::test::TestKernel kernel;
  const ToolView tools{ToolMode::verbose, {}, 0};
  server::WorkerPool workers{128};
  ChangeFeed changes{*kernel, workers};
  const Service service{*kernel, tools, changes, workers, 1000};
};

// Messages in the order in which they came. Any thread.
class Inbox {
 public:
  void put(std::string_view message) {
    const std::lock_guard lock(mutex_);
    messages_.emplace_back(message);
    changed_.notify_all();
  }

  // The first message that has `part` in it, which it takes out; empty after the deadline.
  std::string take(std::string_view part) {
    std::unique_lock lock(mutex_);
    const auto found = [&] {
      return std::find_if(messages_.begin(), messages_.end(), [&](const std::string& message) {
        return message.find(part) != std::string::npos;
      });
    };
    if (!changed_.wait_for(lock, kDeadline, [&] { return found() != messages_.end(); })) return {};
    const auto taken = found();
    std::string message = std::move(*taken);
    messages_.erase(taken);
    return message;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return messages_.size();
  }

  // The inbox has to outlive it.
  Outlet outlet(std::stop_token gone = {}) {
    Outlet outlet;
    outlet.send = [this](std::string_view message) { put(message); };
    outlet.answer = [this](const Answer& answer) { put(answer.message); };
    outlet.gone = std::move(gone);
    return outlet;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> messages_;
};

}  // namespace dockerhub::mcp::test
