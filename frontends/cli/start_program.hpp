// Starts another program, directly and without a shell. It has our standard error, no signal
// blocked, and SIGPIPE as programs expect it. Free functions; any thread.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The file with these words, the first of which is the program's name; `input` and `output` become its standard
// streams, `environment` ("NAME=value" each; nullptr: ours) its environment. Whoever gets the number has to wait
// for the process.
Result<pid_t> start_program(const std::string& file, const std::vector<std::string>& words,
                            int input, int output,
                            const std::vector<std::string>* environment = nullptr);

// As exec(3) takes them, with the nullptr at their end; valid as long as the texts are.
std::vector<char*> pointers_to(const std::vector<std::string>& texts);

}  // namespace dockerhub::cli
