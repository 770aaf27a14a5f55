// Bytes out of JSON (RFC 4648, section 4). Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::server {

// nullopt: it is none, or lacks its padding.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dockerhub::server
