// JSON Web Tokens signed with RS256 (RFC 7519, RFC 7515). Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "encoding/json_text.hpp"
#include "tokens/certified_key.hpp"

namespace dockerhub::sandbox {

// The header carries the certificate (x5c), which is how a registry of the distribution project finds
// the key to check with.
std::string make_jwt(const CertifiedKey& key, const JsonText& claims);

// The claims of a token that this key signed and that is valid now; nullopt for any other text.
std::optional<json::Document> read_jwt(const CertifiedKey& key, std::string_view token);

}  // namespace dockerhub::sandbox
