#include <csignal>

#include "program.hpp"

int main(int count, char** values) {
  // A reader that goes away is seen by the write that fails.
  std::signal(SIGPIPE, SIG_IGN);
  // Who started this may ignore it, and then how a credential helper or another program ended is not told.
  std::signal(SIGCHLD, SIG_DFL);
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  return dockerhub::cli::Program().run(arguments);
}
