// Who there is, who may sign in, and what a signed-in caller may do. Not thread-safe: used under the
// lock of the reception.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "accounts/organization.hpp"
#include "accounts/right.hpp"

namespace dockerhub::sandbox {

enum class SecretKind { password, personal_token, organization_token };

// Who signed in, and with what.
struct Caller {
  std::string account;
  std::string uuid;
  Reach reach = Reach::public_read;  // of a token of an organization: what it may do with images
  SecretKind secret = SecretKind::password;
  std::string token;  // its uuid or id; empty: a password
};

class Accounts {
 public:
  Accounts(std::vector<Account> accounts, std::vector<Organization> organizations);

  // The caller with that secret, or nullopt. Tokens remember that they were used.
  std::optional<Caller> sign_in(std::string_view name, std::string_view secret);
  // Whether what the caller signed in with still works.
  bool works(const Caller& caller) const;

  Account* find(std::string_view name);
  const Account* find(std::string_view name) const;
  // By e-mail address / by uuid; users only.
  Account* find_by_email(std::string_view email);
  Account* find_by_uuid(std::string_view uuid);
  // A new user of that address; its name is made from the address.
  Account& add_user(const std::string& email);
  const std::vector<Account>& all() const { return accounts_; }

  Organization* organization(std::string_view name);
  const Organization* organization(std::string_view name) const;
  std::map<std::string, Organization, std::less<>>& organizations() { return organizations_; }
  const std::map<std::string, Organization, std::less<>>& organizations() const {
    return organizations_;
  }

  // `repository` is a full name, of a repository that may not be there yet.
  bool may(const Caller& caller, std::string_view repository, Right right) const;
  bool may_create(const Caller& caller, std::string_view name_space) const;
  // Whether the caller is the namespace, or one of its members.
  bool belongs(const Caller& caller, std::string_view name_space) const;
  // Whether the token, of an organization, holds that scope for the whole of it.
  bool token_holds(const Caller& caller, std::string_view scope) const;

 private:
  std::optional<Reach> user_reach(const Caller& caller, std::string_view repository) const;
  std::optional<Caller> sign_in_organization(const Account& account, std::string_view secret);

  std::vector<Account> accounts_;
  std::map<std::string, Organization, std::less<>> organizations_;
};

// The user and secret of "Basic <base64>" (RFC 7617), signed in; nullopt for any other text.
std::optional<Caller> sign_in_basic(Accounts& accounts, std::string_view authorization);

}  // namespace dockerhub::sandbox
