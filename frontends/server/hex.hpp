// Bytes as hexadecimal digits, in lower case. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dockerhub::server {

std::string hex(std::span<const std::uint8_t> bytes);

// The first `size` bytes of the SHA-256 of a text, at most 32.
std::string sha256_hex(std::string_view text, std::size_t size);

}  // namespace dockerhub::server
