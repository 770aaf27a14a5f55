#include <csignal>
#include <exception>
#include <iostream>

#include "program/options.hpp"
#include "program/run.hpp"

int main(int count, char** values) {
  // A client that goes away is seen by the write that fails.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto parsed = dockerhub::sandbox::parse_options(count, values);
    if (const int* status = std::get_if<int>(&parsed)) return *status;
    return dockerhub::sandbox::run(std::get<dockerhub::sandbox::Options>(parsed));
  } catch (const std::exception& exception) {
    std::cerr << "dockerhub-sandbox: " << exception.what() << '\n';
    return 1;
  }
}
