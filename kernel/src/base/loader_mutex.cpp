#include "base/loader_mutex.hpp"

namespace dockerhub {

std::mutex& loader_mutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace dockerhub
