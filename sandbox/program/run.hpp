// The program from options to end: keys, world, listeners, the announcement, the wait. Gives the exit
// status: 0, or 1 when it could not start.
#pragma once

#include "program/options.hpp"

namespace dockerhub::sandbox {

int run(const Options& options);

}  // namespace dockerhub::sandbox
