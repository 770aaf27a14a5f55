// Waits for the reasons to end: SIGINT, SIGTERM, or the end of the standard input.
#pragma once

#include "base/file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::sandbox {

class StopWait {
 public:
  // From now on the two signals no longer end the process; to be made before any thread is.
  StopWait();

  // Returns when there is a reason. Input that comes is passed over.
  void wait(bool with_stdin) const;

 private:
  UniqueFd signals_;
};

}  // namespace dockerhub::sandbox
