// Whether a registry takes a login: its 401 is answered with it, by Basic or by a token of the service that the
// registry names. The login goes to a service that is not known to be the registry's only where somebody agrees.
// Free function; any thread.
#pragma once

#include <memory>
#include <string>

#include "credentials/fetch.hpp"
#include "credentials/login.hpp"
#include "credentials/realm_rule.hpp"
#include "dockerhub/logins.hpp"
#include "http/url.hpp"

namespace dockerhub {

struct RegistryDoor {
  Fetch fetch;
  std::shared_ptr<SecretBook> book;
  const RealmRule& realms;
  http::Url registry;  // base URL
};

struct RegistrySignIn {
  std::string token_service;  // its address, without a query; empty: the registry takes Basic
  std::string new_realm;      // "registry=service" that was agreed to; empty: it was known
};

// Errors: auth (refused), approval (nobody agreed), unsupported (no log-in is wanted), api, and those of the
// requests.
Result<RegistrySignIn> sign_in_to_registry(const RegistryDoor& door,
                                           const std::shared_ptr<const Login>& login,
                                           const LoginAsker& asker, const http::Control& control);

}  // namespace dockerhub
