// An account as a server of logins knows it: what one source says for one host. Immutable; shared
// between threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credentials/secret.hpp"

namespace dockerhub {

struct Login {
  std::string user;                              // empty: unknown
  std::shared_ptr<const Secret> password;        // or access token
  std::shared_ptr<const Secret> basic;           // both as the header of RFC 7617 2
  std::shared_ptr<const Secret> identity_token;  // a refresh token, for the token service only
  std::shared_ptr<const Secret> registry_token;  // a bearer token for the registry itself
  std::string source;                            // for people: "environment DOCKER_HUB_TOKEN"
  bool of_settings = false;                      // the account of the settings, not of a login file
  bool stored = false;                           // of an account that `dockerhub login` recorded
  std::string log_in_again;                      // of a stored one: the command that renews it
  bool keyless = false;                          // its secret was exchanged for a job's identity

  // user, password and basic.
  void set_password(std::string_view name, std::string_view secret, SecretBook& book);
  // Tells logins apart without showing them: hex of a hash over all of the above but the source.
  std::string fingerprint() const;
};

// Docker marks its tokens by how they begin: "pat", "oat", else "password".
std::string kind_of_secret(std::string_view secret);

// The login in the answer of a credential helper or in an "auth" member; nullptr when both are empty.
// A user "<token>" marks an identity token (docker/cli, "docker login").
std::shared_ptr<const Login> make_login(std::string_view user, std::string_view secret,
                                        std::string source, SecretBook& book);

}  // namespace dockerhub
