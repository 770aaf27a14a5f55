// Compression as HTTP has it (RFC 1952). Free function; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerhub::sandbox {

// `bytes` followed by `spaces` spaces, which are never in memory as such.
std::string gzip(std::string_view bytes, std::size_t spaces = 0);

}  // namespace dockerhub::sandbox
