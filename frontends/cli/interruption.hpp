// Ctrl-C and SIGTERM as a stop token and a readable descriptor. The first signal cancels, a second
// one ends the process at once, unless it is spared. Build it before any other thread starts: it
// blocks both signals for all threads and takes them on a thread of its own, which ends with the
// object. All functions: any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

namespace dockerhub::cli {

class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

  // SIGINT or SIGTERM, or 0 as long as none came.
  int signal() const { return signal_.load(); }

  // As long as one lives, no further Ctrl-C ends the process: another program, which takes Ctrl-C for a command of
  // its own, has the terminal and has to be waited for.
  class Spared {
   public:
    explicit Spared(const Interruption& interruption) : count_(interruption.spared_) { ++count_; }
    ~Spared() { --count_; }
    Spared(const Spared&) = delete;
    Spared& operator=(const Spared&) = delete;

   private:
    std::atomic<int>& count_;
  };

  // Waits until `descriptor` is ready for `events` (poll's). False when a signal came first.
  bool wait(int descriptor, short events) const;

  enum class Waited { ready, interrupted, late };
  // The same until a time, which is late.
  Waited wait_until(int descriptor, short events, std::chrono::steady_clock::time_point time) const;

 private:
  void watch();

  std::stop_source stop_;
  std::atomic<int> signal_{0};
  mutable std::atomic<int> spared_{0};
  int signals_ = -1;  // signalfd
  int wake_ = -1;     // eventfd: readable for ever after the first signal
  int end_ = -1;      // eventfd: ends the thread
  std::thread thread_;
};

}  // namespace dockerhub::cli
