// The answers of the services that give tokens: Docker Hub's log-in and the token services of registries.
// Pure functions; any thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credentials/secret.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Stands before a token in the header.
inline constexpr std::string_view kBearer = "Bearer ";

struct TokenAnswer {
  std::shared_ptr<const Secret> token;  // made known to redaction
  // Where they are told:
  std::optional<std::chrono::seconds> expires_in;
  std::optional<std::chrono::system_clock::time_point> issued_at;
};

// `access_token`, else `token`, of a JSON object; the body is wiped. The error (ErrorKind::auth) says what is
// missing and shows nothing of the answer.
Result<TokenAnswer> read_token(std::string& body, SecretBook& book);

// How long a registry's token may be used from its receipt on (docs/credentials.md): its life, 60 s where none
// is told, less a sixth of it or 60 s. `issued_at` can only shorten it, and not below that sixth: otherwise
// one of the clocks is wrong.
std::chrono::milliseconds usable_time(const TokenAnswer& answer,
                                      std::chrono::system_clock::time_point received);

}  // namespace dockerhub
