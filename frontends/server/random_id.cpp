#include "random_id.hpp"

#include <sys/random.h>

#include <array>
#include <cstdint>

#include "hex.hpp"

namespace dockerhub::server {

std::string random_id() {
  std::array<std::uint8_t, 16> bytes = {};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  return hex(bytes);
}

}  // namespace dockerhub::server
