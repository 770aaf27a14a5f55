// Ctrl-C and SIGTERM as a stop token and a readable descriptor. The first signal cancels, a second
// one ends the process at once, unless it is spared. Before it begins, a signal ends the process as it ends any
// other. All functions: any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace dockerhub::cli {

class Interruption {
 public:
  Interruption() = default;
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // Blocks both signals for this thread and those that it starts, and takes them on a thread of its own, which ends
  // with the object: so before any other thread starts, and before there is something to undo. Again: nothing. Whatever
  // has to know of signals below begins it, too.
  void begin() const { signals(); }

  std::stop_token token() const;

  // SIGINT or SIGTERM, or 0 as long as none came.
  int signal() const { return signal_.load(); }

  // As long as one lives, no further Ctrl-C ends the process: another program, which takes Ctrl-C for a command of
  // its own, has the terminal and has to be waited for.
  class Spared {
   public:
    explicit Spared(const Interruption& interruption) : count_(interruption.spared_) {
      interruption.begin();
      ++count_;
    }
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
  // Takes the signals.
  class SignalThread {
   public:
    explicit SignalThread(const Interruption& interruption);
    ~SignalThread();
    SignalThread(const SignalThread&) = delete;
    SignalThread& operator=(const SignalThread&) = delete;

    int wake() const { return wake_; }

   private:
    void run(const Interruption& interruption) const;

    int descriptor_;  // signalfd
    int wake_;        // eventfd: readable for ever after the first signal
    int end_;         // eventfd: ends the thread
    std::thread thread_;
  };

  const SignalThread& signals() const;

  mutable std::stop_source stop_;
  mutable std::atomic<int> signal_{0};
  mutable std::atomic<int> spared_{0};
  mutable std::once_flag begun_;
  mutable std::optional<SignalThread> signals_;  // last: its thread uses the others
};

}  // namespace dockerhub::cli
