// A JSON Web Token in its compact form (RFC 7515, 3.1), before its signature is checked. Pure functions; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "signed_tokens/jose_library.hpp"

namespace dockerhub {

// nullopt: not three parts.
std::optional<TokenParts> token_parts(std::string_view token);

struct TokenHeader {
  std::string algorithm, key_id;
};

// nullopt: not strictly base64url of a JSON object in which each name stands once, a type that is no access
// token's, or something that a receiver has to understand (`crit`).
std::optional<TokenHeader> read_token_header(std::string_view part);

// The same for the claims, whatever they say.
std::optional<json::Document> read_claims(std::string_view part);

}  // namespace dockerhub
