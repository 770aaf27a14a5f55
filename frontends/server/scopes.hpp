// What a token's scopes allow: dockerhub:read, dockerhub:write (and read), dockerhub:destructive (and
// both). Others are not ours. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "http/message.hpp"

namespace dockerhub::server {

// "dockerhub:read"... of an effect.
std::string scope_of(Effect effect);

// The most that these scopes allow; nullopt: nothing.
std::optional<Effect> most_of(const std::vector<std::string>& scopes);

// The scopes that a call of this effect needs, weakest first.
std::vector<std::string> scopes_for(Effect effect);

// Separated by blanks, as a challenge has them.
std::string scope_list(const std::vector<std::string>& scopes);

// 401: no token, or (presented) one that is not accepted. parameters: further ones of the challenge, each
// with a leading comma, or empty.
web::Response unauthorized(bool presented, std::string_view parameters = {});

// 403: the token does not allow what is needed.
web::Response insufficient_scope(const std::vector<std::string>& needed,
                                 std::string_view parameters = {});

}  // namespace dockerhub::server
