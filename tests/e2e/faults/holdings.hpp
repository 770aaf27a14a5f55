// What a process holds of the system, so that what grows from call to call is seen. For test programs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "../../unit/call/test_kernel.hpp"

namespace dockerhub::test {

struct Holdings {
  // Between two moments at which nothing runs.
  static constexpr std::size_t kSlack = 8;

  std::size_t files = 0;    // open, but for sockets
  std::size_t sockets = 0;  // connections that are kept, too
  std::size_t threads = 0;

  std::string text() const;  // "12 files, 3 sockets and 1 threads"
};

// Of this process now. Any thread.
Holdings holdings_now();

// As long as it lives, this process makes its temporary files in a folder of its own, which goes with it.
// Made and destroyed while there is one thread.
class OwnTemporaryFolder {
 public:
  OwnTemporaryFolder();
  ~OwnTemporaryFolder();
  OwnTemporaryFolder(const OwnTemporaryFolder&) = delete;
  OwnTemporaryFolder& operator=(const OwnTemporaryFolder&) = delete;

  // The files in it now, and empty folders.
  std::vector<std::string> files() const;

 private:
  TemporaryHome folder_;
  std::optional<std::string> temporary_, runtime_;  // the variables as they were
};

}  // namespace dockerhub::test
