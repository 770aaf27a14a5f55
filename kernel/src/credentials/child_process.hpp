// A program that is run to its end for what it writes on standard output. It gets a process group of its
// own, so that also what it starts is ended when nobody waits any longer; standard error is discarded, no
// other descriptor is inherited. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/wiping_allocator.hpp"
#include "dockerhub/kernel.hpp"
#include "http/control.hpp"

namespace dockerhub {

struct ProcessOutput {
  int exit_code = 0;  // 128 + the signal's number when one ended it
  SecretBytes output;
};

// The errors name the program's file: ErrorKind::configuration (it cannot be started, it wrote more than
// `most` bytes, or its exit code is lost, as in a process that ignores SIGCHLD), timeout, cancelled.
Result<ProcessOutput> run_process(const std::filesystem::path& program,
                                  const std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& environment,
                                  std::string_view input, std::size_t most,
                                  const http::Control& control);

}  // namespace dockerhub
