// What the program prints when it is ready: lines for a shell to evaluate, or one line of JSON. Free
// functions over the world; no threads.
#pragma once

#include <cstdint>
#include <string>

#include "world.hpp"

namespace dockerhub::sandbox {

struct ReadyFacts {
  std::string ca_file;  // the certificate to trust, or empty
  std::uint64_t fault_seed = 0;
};

// "export NAME='VALUE'" lines, and comments.
std::string ready_lines(const World& world, const ReadyFacts& facts);

// {"urls", "control", "environment", "users", "fault_seed"} and a line end.
std::string ready_json(const World& world, const ReadyFacts& facts);

}  // namespace dockerhub::sandbox
