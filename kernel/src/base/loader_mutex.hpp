// The lock around dlopen and dlclose. The dynamic loader is one per process, and its own locking is
// invisible to ThreadSanitizer, which then reports races inside ld.so. Several kernels share it, so the
// mutex cannot belong to one of them.
#pragma once

#include <mutex>

namespace dockerhub {

std::mutex& loader_mutex();

}  // namespace dockerhub
