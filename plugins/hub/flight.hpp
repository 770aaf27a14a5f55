// Requests to Docker's hosts that are under way at the same time. The kernel paces them within the rate
// budget that they share. Inside a call, on its thread.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "answer.hpp"

namespace dockerhub::hub {

class Flight {
 public:
  // most: exchanges at once; below the 16 that a call may have open.
  Flight(sdk::Context& ctx, std::size_t most) : ctx_(ctx), most_(most) {}

  bool has_room() const { return running_.size() + failed_.size() < most_; }
  bool empty() const { return running_.empty() && failed_.empty(); }

  // `number` tells the request from the others. What fails at once comes out of next().
  void send(std::size_t number, const sdk::Request& request);

  struct Landed {
    std::size_t number = 0;
    sdk::Reply<Answer> answer;  // any status code is a success
  };
  // Waits for the first that is answered; not when empty(). The failure is that of the waiting: the call
  // was cancelled or its time is over.
  sdk::Reply<Landed> next();

 private:
  struct Running {
    std::size_t number;
    sdk::Exchange exchange;
  };

  sdk::Context& ctx_;
  std::size_t most_;
  std::vector<Running> running_;
  std::deque<Landed> failed_;
};

// A status that ends the call, whatever else is to be done: cancelled, out of time, or waiting for an
// answer of the caller.
bool ends_call(sdk::Context& ctx, sdk::Status status);

}  // namespace dockerhub::hub
