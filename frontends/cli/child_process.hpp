// A program that was started (start_program.hpp), until its end; and pipes for its standard streams. One thread.
#pragma once

#include <sys/types.h>

#include <optional>

#include "descriptor.hpp"

namespace dockerhub::cli {

class ChildProcess {
 public:
  explicit ChildProcess(pid_t number) : number_(number) {}
  // Waits for its end.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Readable once it has ended; -1 where the system has none.
  Descriptor end() const;
  // Nothing happens to one that was waited for.
  void signal(int signal) const;
  // Waits for its end. Its status, as waitpid(2) gives it.
  int wait();

 private:
  pid_t number_;
  std::optional<int> status_;
};

struct Pipe {
  Descriptor reading, writing;
};

// Neither end is inherited. nullopt: errno says why.
std::optional<Pipe> make_pipe();

}  // namespace dockerhub::cli
