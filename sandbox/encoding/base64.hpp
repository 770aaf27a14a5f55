// Base64 in its two alphabets (RFC 4648 sections 4 and 5): the standard one with padding, and the
// URL-safe one without, as JSON Web Tokens have it. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::sandbox {

std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);

// nullopt for a text that is not of that alphabet.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace dockerhub::sandbox
