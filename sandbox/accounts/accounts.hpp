// Who may sign in, and what a signed-in caller may do in a namespace. Accounts are fixed sample data; a
// caller is known by the account's name and the reach of the secret that was used. Immutable after its
// making; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::sandbox {

// What a secret reaches, each including those before it (Docker's scopes of personal access tokens:
// repo:public_read, repo:read, repo:write, repo:admin).
enum class Reach { public_read, read, write, admin };

std::string_view reach_name(Reach reach);
std::optional<Reach> reach_of(std::string_view name);

struct AccountSecret {
  std::string text;
  Reach reach = Reach::admin;
};

struct Account {
  std::string name;
  std::string uuid;
  bool organization = false;
  std::vector<AccountSecret> secrets;
  std::string second_factor;               // the code to give; empty: none is asked for
  std::vector<std::string> organizations;  // of which it is an owner
};

struct Caller {
  std::string account;
  std::string uuid;
  Reach reach = Reach::public_read;
};

class Accounts {
 public:
  explicit Accounts(std::vector<Account> accounts) : accounts_(std::move(accounts)) {}

  // The caller with that secret, or nullopt.
  std::optional<Caller> sign_in(std::string_view name, std::string_view secret) const;
  const Account* find(std::string_view name) const;
  const std::vector<Account>& all() const { return accounts_; }

  // The caller may do in this namespace what its secret reaches; elsewhere it reads what is public.
  bool belongs(const Caller& caller, std::string_view name_space) const;
  // The owner with the reach of at least `reach`.
  bool may(const Caller& caller, std::string_view name_space, Reach reach) const;

 private:
  std::vector<Account> accounts_;
};

// The user and secret of "Basic <base64>" (RFC 7617), signed in; nullopt for any other text.
std::optional<Caller> sign_in_basic(const Accounts& accounts, std::string_view authorization);

}  // namespace dockerhub::sandbox
