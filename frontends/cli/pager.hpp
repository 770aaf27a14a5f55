// The user's pager (`$PAGER`), which shows what is longer than the screen. Started directly, without a shell; it
// gets the text on its standard input, our terminal, and none of the variables that hold a secret. One thread.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "child_process.hpp"
#include "descriptor.hpp"

namespace dockerhub::cli {

// What PAGER says; empty where there is none, where it is `cat`, and for a terminal that is `dumb`.
std::string pager_command();

class Pager {
 public:
  // nullptr: it could not be started, or the command means something to a shell only.
  static std::unique_ptr<Pager> start(const std::string& command);

  // Closes its standard input and waits until the user leaves it.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  // Where the text goes.
  int descriptor() const { return input_.get(); }

 private:
  Pager(Descriptor input, pid_t process) : input_(std::move(input)), process_(process) {}

  Descriptor input_;
  ChildProcess process_;
};

}  // namespace dockerhub::cli
