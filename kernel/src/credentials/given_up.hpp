// Whether whoever waits has no use for a result any more. Free function; any thread.
#pragma once

#include "http/control.hpp"

namespace dockerhub {

// It was cancelled, or its time is over.
inline bool given_up(const http::Control& control) {
  return control.stop.stop_requested() ||
         (control.deadline && http::Control::Clock::now() >= *control.deadline);
}

}  // namespace dockerhub
