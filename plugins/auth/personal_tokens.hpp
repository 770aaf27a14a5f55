// How a personal access token is made. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>

#include "hub/answer.hpp"

namespace dockerhub::auth {

// body: JSON with token_label, scopes and, for a token that ends, expires_at. Where Docker Hub forbids it
// the error of the call names the way that works.
sdk::Reply<hub::Answer> make_pat(sdk::Context& ctx, const std::string& body);

}  // namespace dockerhub::auth
