// Whether Docker Hub takes a user's secret, asked once: a token by POST /v2/auth/token, a password by POST
// /v2/users/login, which also says when a code is needed. A password that needs a code at each log-in cannot be
// kept: an access token is made in its place. Free function; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "credentials/fetch.hpp"
#include "credentials/secret.hpp"
#include "dockerhub/logins.hpp"
#include "http/url.hpp"

namespace dockerhub {

struct HubSignIn {
  std::shared_ptr<const Secret> secret;  // to be kept
  std::string made_token;                // the label of the access token that was made; empty: none
};

struct HubDoor {
  Fetch fetch;
  SecretBook& book;
  http::Url hub;  // base URL
};

// Errors: auth (refused; a code is needed and nobody can be asked), approval (no token may be made), api, and those
// of the requests.
Result<HubSignIn> sign_in_to_hub(const HubDoor& door, const std::string& user,
                                 std::string_view secret, const LoginAsker& asker,
                                 const http::Control& control);

}  // namespace dockerhub
