// Threads for requests that wait: made when they are needed, and kept; at most `limit` pieces of work at once.
// Any thread may submit.
//
// More threads that compute than there are processors only disturb each other. So no more pieces of work begin than
// the processors have use for, until those that began are done or are seen to wait for somebody else: they took
// longer than kPatience while processors had time left, or longer than kMostPatience in any case. The thread that has
// rested least is the next one to work.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/descriptor.hpp"

namespace dockerhub::server {

class WorkerPool {
 public:
  // How long cancelled work is waited for at the end of a program.
  static constexpr std::chrono::seconds kCancelGrace{2};

  explicit WorkerPool(std::size_t limit);
  // Waits for all work.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Work that takes longer is no reason any more for other work to wait.
  static constexpr std::chrono::milliseconds kPatience{1};
  static constexpr std::chrono::milliseconds kMostPatience{10};

  // False when `limit` pieces of work are running or wait for a thread, or the system has no thread left.
  bool submit(std::function<void()> work);

  // Waits for the end of all work, at most so long, and only until `interruption` (a descriptor, or -1)
  // is readable. True when there is none left. One thread at a time.
  bool wait_idle(std::chrono::milliseconds time, int interruption = -1) const;

 private:
  using Clock = std::chrono::steady_clock;
  using Work = std::function<void()>;
  struct Worker {
    std::condition_variable ready;
    Work work;
    Clock::time_point begun;
    bool fresh = false;  // not seen to wait
    std::thread thread;
  };

  bool idle() const;
  // All of these with the lock.
  bool may_begin() const { return fresh_ < most_fresh_; }
  bool ensure_watch();
  // False: the system has no thread left, and the work is as it was.
  bool begin(Work& work);
  Worker* take_worker();
  void set_fresh(Worker& worker);
  void set_old(Worker& worker);
  void look_for_old_ones(std::chrono::milliseconds patience);
  void begin_waiting();
  void next(Worker& self);

  void run(Worker& self);
  // Lets waiting work begin in time.
  void watch();

  const std::size_t limit_;
  const std::size_t most_fresh_;
  const web::Descriptor idle_event_;  // readable when the last piece of work has ended
  mutable std::mutex mutex_;
  std::size_t busy_ = 0;   // running and waiting
  std::size_t fresh_ = 0;  // workers
  bool closing_ = false;
  std::deque<Worker> workers_;
  std::vector<Worker*> resting_;  // the one that has rested least last
  std::deque<Work> waiting_;
  std::condition_variable watched_;
  std::thread watch_;
};

}  // namespace dockerhub::server
