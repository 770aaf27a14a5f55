// The account of the settings, and the hosts that it belongs to: Docker's own, or the base URLs that the same
// source sets. A base URL from elsewhere would send it to somebody that its owner did not name. Where the settings
// have none, or name a stored one, it is the account that `dockerhub login` recorded, for the hosts that it was
// logged in to. Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/configuration_impl.hpp"
#include "credentials/credential_sources.hpp"
#include "credentials/login.hpp"
#include "credentials/stored_accounts.hpp"
#include "http/url.hpp"

namespace dockerhub {

// What requests of one surface carry, when it is this process's own account.
struct SurfaceCredential {
  CredentialSource::Kind kind = CredentialSource::Kind::bearer;
  std::shared_ptr<const Secret> token;  // of Kind::bearer, without its scheme
  std::shared_ptr<const Login> login;   // of Kind::account
  std::string user;                     // of Kind::account, keyless and stored
  std::string origin;                   // where it is configured, for people
  std::string secret_kind;              // of Kind::stored: "password", "pat", "oat"
};

class Account {
 public:
  explicit Account(const Configuration& configuration);

  // For hub, scim and scout: nothing where nobody is configured, or not for the host of the base URL.
  std::optional<SurfaceCredential> for_surface(Surface surface) const;
  // For a registry: nullptr where the account is not that registry's, or has no secret of its own.
  std::shared_ptr<const Login> for_registry(const http::Origin& registry) const;
  // Whether the log-in of a registry is to be got without a secret (keyless_login.hpp).
  bool keyless_for_registry(const http::Origin& registry) const;
  // Whether the stored account (stored_login.hpp) is that registry's.
  bool stored_for_registry(const http::Origin& registry) const;
  // The stored account that counts, or is wanted: its name (empty: none), and it, where it is there.
  const std::string& stored_name() const { return stored_name_; }
  const std::optional<StoredAccount>& stored() const { return stored_; }
  // Whether somebody names it: then nothing takes its place where it is missing.
  bool is_named() const { return configuration_.has("account.name"); }
  // The error of requests of that surface where the account that somebody names is not for its host; nullopt: they
  // go as for_surface() says.
  std::optional<Error> misplaced(Surface surface) const;
  // Whether registry.auth_url is set, and says where this login (nullptr: nothing) may be sent for that registry.
  bool names_token_service(const http::Origin& registry, const Login* login) const;

  // What is configured and not used, since its host was named by another source: for people.
  const std::vector<std::string>& warnings() const { return warnings_; }

  http::Url base_url(Surface surface) const;
  std::string user() const { return configuration_.text("account.user"); }

 private:
  bool belongs(std::string_view secret_key, std::string_view url_key) const;
  // What stands for the account: its secret, else what it logs in with instead; empty: neither.
  std::string_view secret_key() const;
  // A secret that does not count, since a source as strong names a stored account.
  bool yields(std::string_view secret_key) const;
  bool stored_belongs(std::string_view url_key) const;
  // A secret without a user is a mistake that is not covered up by another log-in.
  bool lacks_user() const;
  // Tokens of scim and scout are minted in the session of hub, which is of one account.
  bool is_of_hubs_kind(const CredentialSource& source) const;
  void find_stored();
  bool is_account_of(const http::Origin& registry) const;
  std::optional<SurfaceCredential> credential(const CredentialSource& source) const;
  std::shared_ptr<const Login> login() const;
  void collect_warnings();
  std::string not_used(const CredentialSource& source, std::string_view url_key) const;

  Configuration configuration_;
  std::string stored_name_;
  std::optional<StoredAccount> stored_;
  std::shared_ptr<const Login> login_;  // nullptr without user or secret
  std::vector<std::string> warnings_;
};

}  // namespace dockerhub
