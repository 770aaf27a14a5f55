// One event for the whole program: it stops. Threads that wait for something else poll fd() beside it.
// Any thread.
#pragma once

#include "base/file.hpp"

namespace dockerhub::sandbox {

class StopSignal {
 public:
  StopSignal();

  void raise() const;
  // Readable from raise() on.
  int fd() const { return event_.get(); }

 private:
  UniqueFd event_;
};

}  // namespace dockerhub::sandbox
