// The claims of a JSON Web Token (RFC 7519) as its holder reads them: unverified, since the server that
// takes the token verifies it. Pure functions; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub {

struct JwtClaims {
  // JSON: of sub, username, exp, iat, iss, aud, scope and uuid those that are there; never an e-mail
  // address. Docker Hub's own are in a claim named "https://hub.docker.com".
  std::string shown = "{}";
  std::string name;                                   // username, else sub
  std::optional<std::int64_t> issued_at, expires_at;  // seconds since 1970
};

// nullopt for what is no token of three parts with a JSON object in the middle.
std::optional<JwtClaims> claims_of(std::string_view token);

// How long a token may be used from its receipt on: 60 s less than its life. The life is what its times
// say; 300 s where they are unreadable or already over, because then one of the clocks is wrong; a clock
// that is slow here does not make it longer. At most a day.
std::chrono::seconds usable_time(const std::optional<JwtClaims>& claims,
                                 std::chrono::system_clock::time_point received);

}  // namespace dockerhub
