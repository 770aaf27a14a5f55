// Answers as the bytes that faults on the wire send (RFC 9112), and numbers of faults that were left out.
// Free functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/message.hpp"

namespace dockerhub::sandbox {

inline constexpr std::string_view kEndOfHead = "\r\n";

// The status line and the answer's headers, without the empty line after them.
std::string head_of(const Answer& answer);
std::string length_line(std::size_t length);
// A whole head that promises a body of that length.
std::string with_length(const Answer& answer, std::size_t length);

std::size_t or_else(std::optional<std::int64_t> value, std::size_t fallback);

}  // namespace dockerhub::sandbox
