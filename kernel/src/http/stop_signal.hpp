// A request to stop as a descriptor, so that poll() can wait for it. Any thread may request the stop;
// the object belongs to one.
#pragma once

#include <optional>
#include <stop_token>

#include "base/file.hpp"

namespace dockerhub::http {

class StopSignal {
 public:
  explicit StopSignal(const std::stop_token& stop);
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Readable from the request on; -1 where the system gives no more descriptors.
  int descriptor() const { return event_.get(); }

 private:
  struct Ring {
    int event;
    void operator()() const noexcept;
  };

  UniqueFd event_;
  std::stop_callback<Ring> callback_;  // gone before the descriptor is closed
};

}  // namespace dockerhub::http
