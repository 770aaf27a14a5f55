// Logging in and out: what `dockerhub login`, `logout`, `account`, `auth-status` and `credential-helper` do, for
// the programs that offer it. A login is verified before it is kept, and kept where the user's Docker keeps its
// own, else in a private file (docs/credentials.md). No function shows, logs or returns a secret, except own_get().
// Functions of one object may be called from any thread; two processes do not lose each other's changes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Who answers questions while a login runs. Each may be empty: then nobody can be asked.
struct LoginAsker {
  std::function<std::optional<std::string>()> code;        // of the second factor
  std::function<Decision(const std::string& text)> agree;  // to exactly that
};

struct NewLogin {
  std::string host;    // host[:port] of a registry; empty, or one of Docker's names: Docker Hub
  std::string user;    // or the organization's name
  std::string secret;  // password, access token of a user or of an organization
  // Of Docker Hub: kept as a further account of that name, beside the one that Docker uses. Empty: as Docker's.
  std::string account;
  bool own_file = false;  // kept in our own file, whatever Docker uses
  bool current = true;    // of Docker Hub: the account that counts where nobody names one
};

struct LoginReport {
  std::string host, user, account;
  std::string kind;     // "password", "pat", "oat"
  std::string kept_in;  // "docker-credential-pass", or a file
  std::string
      token_service;  // the address that a registry sends log-ins to; empty: none of its own
  // "registry=service", to be added to registry.realms; empty: nothing has to be.
  std::string new_realm;
  std::vector<std::string> warnings;
};

// A login that is there, without its secret.
struct KnownLogin {
  std::string host, account, user, kind, kept_in;
  bool current = false;  // what requests to that host carry now
  // Of one that was taken away: what stays somewhere, or counts nevertheless. Of the account that would be the
  // current one: why it is not.
  std::vector<std::string> warnings{};
};

class DOCKERHUB_API Logins {
 public:
  explicit Logins(Configuration configuration);
  ~Logins();
  Logins(const Logins&) = delete;
  Logins& operator=(const Logins&) = delete;

  // Errors: auth (refused, or a code is needed and nobody can be asked), approval (nobody agreed to a token service
  // or to replace another login), unsupported (the registry wants no log-in), configuration, and those of requests.
  Result<LoginReport> log_in(const NewLogin& login, const LoginAsker& asker,
                             const std::stop_token& stop);

  // Takes the login of a host away (empty: the current account of Docker Hub), and says what and where it was. An
  // account is forgotten also where its secret cannot be reached, which a warning says. Error parameter with status
  // 404 where there is none.
  Result<KnownLogin> log_out(const std::string& host, const std::stop_token& stop);

  // Stored accounts of Docker Hub, in the order in which they were added.
  Result<std::vector<KnownLogin>> accounts() const;
  Result<void> use_account(std::string_view name);
  Result<KnownLogin> remove_account(std::string_view name, const std::stop_token& stop);

  // What Docker Hub's requests carry, whoever configured it, then the stored accounts and the registries' logins. The
  // secret of the account that counts is looked for where it is kept. Error cancelled where `stop` came first.
  Result<std::vector<KnownLogin>> status(const std::stop_token& stop) const;

  // The other side of Docker's helper protocol, over our own file. Logins are JSON objects with the texts ServerURL,
  // Username and Secret, and the caller's to wipe. nullopt: nothing is kept for that server.
  Result<std::optional<std::string>> own_get(const std::string& server) const;
  Result<void> own_store(std::string_view login);
  Result<void> own_erase(const std::string& server);
  Result<std::vector<std::pair<std::string, std::string>>> own_list() const;  // server, user

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether it begins as Docker's access tokens of users and organizations do.
DOCKERHUB_API bool is_docker_token(std::string_view text);

// The account that account.namespaces names for a namespace; empty: none.
DOCKERHUB_API std::string account_of_namespace(const Configuration& configuration,
                                               std::string_view name);

}  // namespace dockerhub
