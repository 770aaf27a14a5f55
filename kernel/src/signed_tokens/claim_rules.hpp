// What the claims of a token have to say (RFC 7519, 4.1) once its signature is known to be good. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "dockerhub/signed_tokens.hpp"

namespace dockerhub {

// Seconds by which the clocks may differ.
inline constexpr std::int64_t kClockSkew = 60;

// Why a token is not accepted, in words that its bearer may read.
using TokenRefused = tl::unexpected<std::string_view>;

// now: seconds since 1970.
tl::expected<SignedToken, std::string_view> check_claims(const json::Value& claims,
                                                         std::string_view issuer,
                                                         std::string_view audience,
                                                         std::int64_t now);

}  // namespace dockerhub
