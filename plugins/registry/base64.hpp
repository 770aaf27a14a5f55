// Bytes in JSON (RFC 4648, section 4). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::registry {

std::string to_base64(std::string_view bytes);

// nullopt: it is none, or lacks its padding.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dockerhub::registry
