// Personal access tokens: requests about them, and how one is made. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>

#include "hub/answer.hpp"
#include "hub/pages.hpp"

namespace dockerhub::auth {

// About one that there is. `method` is lent.
sdk::Request pat_request(std::string_view method, std::string_view uuid);

// Those of the account.
hub::List pat_list();

// body: JSON with token_label, scopes and, for a token that ends, expires_at. Where Docker Hub forbids it
// the error of the call names the way that works.
sdk::Reply<hub::Answer> make_pat(sdk::Context& ctx, const std::string& body);

}  // namespace dockerhub::auth
