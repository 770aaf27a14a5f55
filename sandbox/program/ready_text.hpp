// What the program prints when it is ready: lines for a shell to evaluate, or one line of JSON. Free
// functions over the world; no threads.
#pragma once

#include <string>

#include "world.hpp"

namespace dockerhub::sandbox {

// "export NAME='VALUE'" lines, and comments. `ca_file`: the certificate to trust, or empty.
std::string ready_lines(const World& world, const std::string& ca_file);

// {"urls", "control", "environment", "users"} and a line end.
std::string ready_json(const World& world, const std::string& ca_file);

}  // namespace dockerhub::sandbox
