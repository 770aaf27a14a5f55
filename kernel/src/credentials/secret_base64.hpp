// Base64 (RFC 4648 4) of secrets, in memory that is wiped. Pure functions; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "credentials/wiping_allocator.hpp"

namespace dockerhub {

SecretBytes secret_to_base64(std::string_view bytes);
// nullopt for what is no base64; blanks around it and missing padding are accepted.
std::optional<SecretBytes> secret_from_base64(std::string_view text);

}  // namespace dockerhub
