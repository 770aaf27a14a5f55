// Bytes as hexadecimal digits. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace dockerhub::mcp {

std::string hex(std::span<const std::uint8_t> bytes);

}  // namespace dockerhub::mcp
