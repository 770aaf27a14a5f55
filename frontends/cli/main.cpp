#include <csignal>

#include "program.hpp"

int main(int count, char** values) {
  // A reader that goes away is seen by the write that fails.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  return dockerhub::cli::Program().run(arguments);
}
