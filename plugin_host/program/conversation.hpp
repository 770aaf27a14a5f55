// What stands behind a dh_call and a dh_host in the module's process: whom to ask under which id, and the
// texts that the module was lent.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "dockerhub/abi.h"
#include "wire.hpp"

namespace dockerhub::plugin_host {

// One id's turns. ask() is called by one thread at a time, arrived() by the thread that reads the socket.
class Conversation {
 public:
  Conversation(Link& link, std::uint64_t id) : link_(link), id_(id) {}

  // The fields of the reply; nullopt when the request is too large to be sent. Where no reply can come any
  // more, the process ends meanwhile.
  std::optional<std::string> ask(HostFunction function, std::string fields) {
    if (!Link::fits(fields)) return std::nullopt;
    {
      const std::lock_guard lock(mutex_);
      asked_ = true;
      reply_.reset();
    }
    link_.send({Kind::request, static_cast<std::uint32_t>(function), id_, std::move(fields)});
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return reply_.has_value(); });
    asked_ = false;
    return std::exchange(reply_, std::nullopt);
  }

  // False when nothing was asked.
  bool arrived(std::string fields) {
    const std::lock_guard lock(mutex_);
    if (!asked_ || reply_) return false;
    reply_ = std::move(fields);
    changed_.notify_one();
    return true;
  }

 private:
  Link& link_;
  std::uint64_t id_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false;
  std::optional<std::string> reply_;
};

// Texts that a module was lent, by the rules of abi.h. One thread at a time.
class LentTexts {
 public:
  // Until the object dies; the same text is kept once.
  std::string_view keep(std::string_view text) {
    const auto found = kept_.find(text);
    return found != kept_.end() ? *found : *kept_.emplace(text).first;
  }
  // Until the function's next use with the same handle (0: it has none), or forget() of that handle.
  std::string_view replace(HostFunction function, dh_handle handle, std::string_view text) {
    return last_[{handle, function}] = std::string(text);
  }
  void forget(dh_handle handle) {
    std::erase_if(last_, [&](const auto& entry) { return entry.first.first == handle; });
  }

 private:
  std::set<std::string, std::less<>> kept_;
  std::map<std::pair<dh_handle, HostFunction>, std::string> last_;
};

// Behind dh_host.kernel.
struct HostState {
  explicit HostState(Link& link) : conversation(link, kHostId) {}

  dh_host host{};
  std::set<std::string, std::less<>>
      extensions;     // of the kernel; fixed before the module is loaded
  std::mutex asking;  // one function at a time
  Conversation conversation;
  std::mutex mutex;                           // of what follows
  std::map<std::thread::id, dh_call*> calls;  // by the threads that they run on
  LentTexts lent;
};

}  // namespace dockerhub::plugin_host

// The type that modules know by its name only.
struct dh_call {
  dh_call(dockerhub::plugin_host::Link& link, std::uint64_t id) : conversation(link, id) {}

  dockerhub::plugin_host::Conversation conversation;
  dockerhub::plugin_host::LentTexts lent;
  std::thread::id thread;
  bool dry_run = false;
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::atomic<bool> cancelled = false;
};
