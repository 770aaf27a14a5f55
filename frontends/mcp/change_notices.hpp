// notifications/tools|prompts|resources/list_changed. The kernel tells of changes on any thread and
// must not be held up by a slow client, so a thread of its own sends them; changes of one kind that
// come together are told once.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

class ChangeNotices {
 public:
  ChangeNotices(Kernel& kernel, Send send);
  ~ChangeNotices();
  ChangeNotices(const ChangeNotices&) = delete;
  ChangeNotices& operator=(const ChangeNotices&) = delete;

  // From now on changes are told; earlier ones the client sees in its first lists.
  void open();

 private:
  void note(const Change& change);
  void run(const std::stop_token& stop);

  const Send send_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<Change::Kind> pending_;
  bool open_ = false;
  std::jthread thread_;
  std::shared_ptr<void> subscription_;
};

}  // namespace dockerhub::mcp
