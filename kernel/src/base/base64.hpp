// Bytes as text (RFC 4648): section 4 with padding, section 5 without. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub {

std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);

// nullopt for anything that the function above does not make: one text for the same bytes only.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace dockerhub
