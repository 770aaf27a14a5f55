// Bytes as hexadecimal digits, in lower case. Free function; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace dockerhub {

std::string to_hex(std::span<const std::uint8_t> bytes);

}  // namespace dockerhub
