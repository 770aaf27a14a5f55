// What a program does for its own safety before it reads a secret.
#pragma once

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// For servers, which hold credentials for long: no core files (RLIMIT_CORE), and no memory for other processes of
// the same user (PR_SET_DUMPABLE; see prctl(2)): neither a debugger nor /proc/PID/mem. Call it first, from
// the only thread. Errors (ErrorKind::configuration) say what the system refused.
DOCKERHUB_API Result<void> protect_memory();

}  // namespace dockerhub
