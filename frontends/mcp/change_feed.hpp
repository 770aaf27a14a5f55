// Tells listeners what changed: lists of tools, prompts and resources, and single resources that they
// watch. The kernel tells of changes on any thread and must not be held up by a slow client, so one
// thread of the feed, made with its first listener, tells all of them; changes of one kind that come
// together are told once. A resource is watched in its module while somebody listens for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
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
#include "server/worker_pool.hpp"

namespace dockerhub::mcp {

class ChangeFeed {
 public:
  // Called on the feed's thread, one at a time; may block where the client's transport does.
  using Tell = std::function<void(const Change&)>;
  using Number = std::uint64_t;
  using Clock = std::chrono::steady_clock;

  // Resources that one listener may watch.
  static constexpr std::size_t kMostResources = 256;
  // How long a module may be busy with others who watch the same resource.
  static constexpr std::chrono::seconds kTurn{10};
  static Clock::time_point turn_end() { return Clock::now() + kTurn; }

  // workers: where modules are told that nobody listens any more; outlives the feed.
  ChangeFeed(Kernel& kernel, server::WorkerPool& workers);
  // Waits for modules that are being told something.
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  // From now on these kinds of changes are told; earlier ones the client sees in its first lists.
  Number add(std::set<Change::Kind> kinds, Tell tell);
  // Nothing more is told when this returns, unless it is called by `tell` itself. Waits for no module.
  void remove(Number listener);

  // Whether changes of this resource are told to the listener. Waits for its module, which may have to be
  // loaded first: not for a thread that serves others. A module that knows already is not asked. stop: gives
  // up. until: as long as others who watch it are waited for. Errors: there is no such resource (parameter),
  // too many are watched (policy), it took too long (timeout, cancelled), what the module says.
  Result<void> watch(Number listener, const std::string& uri, const std::stop_token& stop,
                     Clock::time_point until = turn_end());
  // Waits for no module.
  void unwatch(Number listener, const std::string& uri);

  // From now on no module is told that nobody listens: the program ends.
  void close() { ending_.request_stop(); }

  // Tells the modules again what is watched: one that was replaced does not know it. Waits for them.
  void renew();

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

  Result<bool> note_watch(Number listener, const std::string& uri);
  bool forget(Number listener, const std::string& uri);
  bool drop(const std::string& uri);
  void release(const std::set<std::string>& uris);
  void tell_unwatched();
  enum class Settle { unless_told, anew };
  Result<void> settle(const std::string& uri, const std::stop_token& stop, Clock::time_point until,
                      Settle how);

  Kernel& kernel_;
  server::WorkerPool& workers_;
  std::mutex mutex_;
  std::mutex telling_;  // held while listeners are told
  std::thread::id teller_;
  std::condition_variable_any changed_;
  std::condition_variable_any settled_;
  std::map<Number, Listener> listeners_;
  std::map<std::string, int> watched_;  // how many listeners watch it
  std::set<std::string> settling_;      // of which a module is being told
  std::set<std::string> told_;          // of which it knows that they are watched
  std::set<std::string> unwatched_;     // of which it still has to be told that they are not
  bool telling_unwatched_ = false;      // a worker does
  std::stop_source ending_;
  Pending pending_;
  Number last_ = 0;
  std::jthread thread_;
  std::shared_ptr<void> subscription_;
};

}  // namespace dockerhub::mcp
