// Tells listeners what changed: lists of tools, prompts and resources, and single resources that they
// watch. The kernel tells of changes on any thread and must not be held up by a slow client, so one
// thread of the feed, made with its first listener, tells all of them; changes of one kind that come
// together are told once. A resource is watched in its module while somebody listens for it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

class ChangeFeed {
 public:
  // Called on the feed's thread, one at a time; may block where the client's transport does.
  using Tell = std::function<void(const Change&)>;
  using Number = std::uint64_t;

  explicit ChangeFeed(Kernel& kernel);
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  // From now on these kinds of changes are told; earlier ones the client sees in its first lists.
  Number add(std::set<Change::Kind> kinds, Tell tell);
  // Nothing more is told when this returns, unless it is called by `tell` itself.
  void remove(Number listener);

  // Whether changes of this resource are told to the listener. Errors: there is no such resource.
  Result<void> watch(Number listener, const std::string& uri);
  void unwatch(Number listener, const std::string& uri);

 private:
  struct Listener {
    std::set<Change::Kind> kinds;
    std::set<std::string> uris;
    std::shared_ptr<const Tell> tell;
  };
  using Pending = std::set<std::pair<Change::Kind, std::string>>;

  void note(const Change& change);
  void run(const std::stop_token& stop);
  void tell_all(const Pending& changes);
  bool wants(const Listener& listener, const std::pair<Change::Kind, std::string>& change) const;
  void release(const std::string& uri);

  Kernel& kernel_;
  std::mutex mutex_;
  std::mutex telling_;  // held while listeners are told
  std::thread::id teller_;
  std::condition_variable_any changed_;
  std::map<Number, Listener> listeners_;
  std::map<std::string, int> watched_;  // how many listeners watch it
  Pending pending_;
  Number last_ = 0;
  std::jthread thread_;
  std::shared_ptr<void> subscription_;
};

}  // namespace dockerhub::mcp
