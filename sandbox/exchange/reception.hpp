// Where every request of every listener passes: it decides about a fault, lets the host answer, and
// writes the journal, under one lock, so that hosts need none and the journal has an order. Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>

#include "exchange/journal.hpp"
#include "exchange/message.hpp"
#include "faults/fault_book.hpp"

namespace dockerhub::sandbox {

using Host = std::function<Answer(const Request&)>;

// An answer, and where a fault is about the wire the function that sends it its own way.
struct Reply {
  Answer answer;
  std::chrono::milliseconds delay{0};  // before the answer
  std::function<void(Connection&)> write;
};

class Reception {
 public:
  // Never throws; what goes wrong in a host becomes a 500.
  Reply receive(const Request& request, const Host& host);
  // The same without fault and journal: for the listener that controls these.
  Answer receive_control(const Request& request, const Host& host);

  // Requests wait as long as this is held.
  std::unique_lock<std::mutex> hold() { return std::unique_lock(mutex_); }

  // Only for hosts and before the listeners start: the lock is held while a host answers.
  Journal& journal() { return journal_; }
  FaultBook& faults() { return faults_; }

 private:
  std::mutex mutex_;
  Journal journal_;
  FaultBook faults_;
};

}  // namespace dockerhub::sandbox
