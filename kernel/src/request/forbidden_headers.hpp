// Which header fields a module may send: not those by which the kernel authenticates, frames and
// routes a request. Any thread.
#pragma once

#include <string_view>

namespace dockerhub {

// The name is a token, the value holds no control characters (RFC 9110 5.1, 5.5), and the field is
// none of the kernel's own.
bool is_allowed_header(std::string_view name, std::string_view value);

}  // namespace dockerhub
