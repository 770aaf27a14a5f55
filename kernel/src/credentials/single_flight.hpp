// Work that several threads ask for under one name is done once: the first one does it, the others wait,
// each with its own deadline and cancellation, and share its result. Where the one who works gives up
// because of its own caller, the next one takes over. Any thread; outlives its callers.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "credentials/given_up.hpp"
#include "dockerhub/kernel.hpp"
#include "http/control.hpp"

namespace dockerhub {

template <typename Value>
class SingleFlight {
 public:
  // `work()` gives Result<Value>; it runs on this thread, or on that of another caller of the same key. The
  // errors are its own, besides timeout and cancelled of this caller.
  template <typename Work>
  Result<Value> run(const std::string& key, const http::Control& control, Work work) {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      const auto under_way = flights_.find(key);
      if (under_way == flights_.end()) {
        const Lead lead(*this, lock, key);
        Result<Value> result = work();
        return lead.end(std::move(result), given_up(control));
      }
      const std::shared_ptr<const Flight> flight = under_way->second;
      const auto landed = [&flight] { return flight->landed; };
      if (!wait(lock, control, landed)) return Failure(ended_waiting(control));
      if (flight->result) return *flight->result;
    }
  }

 private:
  struct Flight {
    bool landed = false;
    std::optional<Result<Value>> result;  // none: whoever waits tries for itself
  };

  // The caller who does the work; whatever happens in it, the others are woken.
  class Lead {
   public:
    Lead(SingleFlight& flights, std::unique_lock<std::mutex>& lock, const std::string& key)
        : flights_(flights), lock_(lock), key_(key), flight_(std::make_shared<Flight>()) {
      flights_.flights_.emplace(key_, flight_);
      lock_.unlock();
    }
    Lead(const Lead&) = delete;
    Lead& operator=(const Lead&) = delete;
    ~Lead() {
      if (!lock_.owns_lock()) lock_.lock();
      flight_->landed = true;
      flights_.flights_.erase(key_);
      flights_.landed_.notify_all();
    }

    Result<Value> end(Result<Value> result, bool given_up) const {
      lock_.lock();
      if (result || !given_up) flight_->result = result;
      return result;
    }

   private:
    SingleFlight& flights_;
    std::unique_lock<std::mutex>& lock_;
    const std::string& key_;
    std::shared_ptr<Flight> flight_;
  };

  template <typename Done>
  bool wait(std::unique_lock<std::mutex>& lock, const http::Control& control, Done done) {
    if (!control.deadline) return landed_.wait(lock, control.stop, done);
    return landed_.wait_until(lock, control.stop, *control.deadline, done);
  }

  static Error ended_waiting(const http::Control& control) {
    const bool cancelled = control.stop.stop_requested();
    Error error;
    error.kind = cancelled ? ErrorKind::cancelled : ErrorKind::timeout;
    error.message = cancelled ? "cancelled while a log-in was waited for"
                              : "the time of the call ran out while a log-in was waited for";
    error.hint = cancelled ? "" : "Give the call more time.";
    return error;
  }

  std::mutex mutex_;
  std::condition_variable_any landed_;
  std::map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace dockerhub
