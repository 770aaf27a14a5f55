#include "accounts/accounts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "accounts/token_scope.hpp"
#include "encoding/base64.hpp"
#include "encoding/digest.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

std::string_view after_namespace(std::string_view repository) {
  return repository.substr(std::min(repository.find('/') + 1, repository.size()));
}

// "*/*/public" needs no match: what is public is read without any scope.
bool covers(const TokenResource& resource, std::string_view repository) {
  return resource.type == "TYPE_REPO" &&
         (resource.path == repository || resource.path == namespace_of(repository) + "/*");
}

bool holds(const TokenResource& resource, std::string_view wanted) {
  return std::any_of(resource.scopes.begin(), resource.scopes.end(),
                     [&](const std::string& held) { return scope_includes(held, wanted); });
}

Reach image_reach(const OrganizationToken& token) {
  Reach reach = Reach::public_read;
  for (const Right right : {Right::pull, Right::push, Right::remove_image}) {
    for (const TokenResource& resource : token.resources) {
      if (holds(resource, scope_for(right))) reach = reach_for(right);
    }
  }
  return reach;
}

// A name that no account has, from the first part of an address.
std::string free_name(const Accounts& accounts, const std::string& email) {
  std::string base;
  for (const char letter : email.substr(0, email.find('@'))) {
    const bool fits = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (fits) base += letter;
  }
  if (base.empty()) base = "user";
  std::string name = base;
  for (int i = 2; accounts.find(name) != nullptr; ++i) name = base + std::to_string(i);
  return name;
}

}  // namespace

Accounts::Accounts(std::vector<Account> accounts, std::vector<Organization> organizations)
    : accounts_(std::move(accounts)) {
  for (Organization& organization : organizations) {
    const std::string name = organization.name;
    organizations_.emplace(name, std::move(organization));
  }
}

std::optional<Caller> Accounts::sign_in(std::string_view name, std::string_view secret) {
  Account* account = find(name);
  if (account == nullptr || secret.empty()) return std::nullopt;
  if (account->organization) return sign_in_organization(*account, secret);
  if (account->password == secret)
    return Caller{account->name, account->uuid, Reach::admin, SecretKind::password, {}};
  for (PersonalToken& token : account->tokens) {
    if (token.secret != secret || !token.works(now())) continue;
    token.last_used = now();
    return Caller{account->name, account->uuid, token.reach, SecretKind::personal_token,
                  token.uuid};
  }
  return std::nullopt;
}

std::optional<Caller> Accounts::sign_in_organization(const Account& account,
                                                     std::string_view secret) {
  Organization* organization = this->organization(account.name);
  if (organization == nullptr) return std::nullopt;
  for (OrganizationToken& token : organization->tokens) {
    if (token.secret != secret || !token.works(now())) continue;
    token.last_used = now();
    return Caller{account.name, account.uuid, image_reach(token), SecretKind::organization_token,
                  token.id};
  }
  return std::nullopt;
}

bool Accounts::works(const Caller& caller) const {
  if (caller.secret == SecretKind::password) return true;
  if (caller.secret == SecretKind::organization_token) {
    const Organization* of = organization(caller.account);
    const OrganizationToken* token = of == nullptr ? nullptr : of->token(caller.token);
    return token != nullptr && token->works(now());
  }
  const Account* account = find(caller.account);
  return account != nullptr && std::any_of(account->tokens.begin(), account->tokens.end(),
                                           [&](const PersonalToken& token) {
                                             return token.uuid == caller.token &&
                                                    token.works(now());
                                           });
}

Account* Accounts::find(std::string_view name) {
  for (Account& account : accounts_) {
    if (account.name == name) return &account;
  }
  return nullptr;
}

const Account* Accounts::find(std::string_view name) const {
  return const_cast<Accounts*>(this)->find(name);
}

Account* Accounts::find_by_email(std::string_view email) {
  for (Account& account : accounts_) {
    if (!account.organization && account.email == email) return &account;
  }
  return nullptr;
}

Account* Accounts::find_by_uuid(std::string_view uuid) {
  for (Account& account : accounts_) {
    if (!account.organization && account.uuid == uuid) return &account;
  }
  return nullptr;
}

Account& Accounts::add_user(const std::string& email) {
  Account account;
  account.name = free_name(*this, email);
  account.uuid = random_uuid();
  account.email = email;
  account.joined = now();
  return accounts_.emplace_back(std::move(account));
}

Organization* Accounts::organization(std::string_view name) {
  const auto found = organizations_.find(name);
  return found == organizations_.end() ? nullptr : &found->second;
}

const Organization* Accounts::organization(std::string_view name) const {
  const auto found = organizations_.find(name);
  return found == organizations_.end() ? nullptr : &found->second;
}

std::optional<Reach> Accounts::user_reach(const Caller& caller, std::string_view repository) const {
  const std::string name_space = namespace_of(repository);
  if (name_space == caller.account) return caller.reach;
  const Organization* of = organization(name_space);
  const std::optional<Role> role = of == nullptr ? std::nullopt : of->role(caller.account);
  if (!role) return std::nullopt;
  if (*role != Role::member) return caller.reach;
  const std::optional<Reach> given = of->reach_by_team(caller.account, after_namespace(repository));
  if (!given) return std::nullopt;
  return std::min(*given, caller.reach);
}

bool Accounts::may(const Caller& caller, std::string_view repository, Right right) const {
  if (caller.secret != SecretKind::organization_token) {
    const std::optional<Reach> reach = user_reach(caller, repository);
    return reach && *reach >= reach_for(right);
  }
  const Organization* of = organization(caller.account);
  const OrganizationToken* token = of == nullptr ? nullptr : of->token(caller.token);
  if (token == nullptr || namespace_of(repository) != caller.account) return false;
  return std::any_of(token->resources.begin(), token->resources.end(),
                     [&](const TokenResource& resource) {
                       return covers(resource, repository) && holds(resource, scope_for(right));
                     });
}

bool Accounts::may_create(const Caller& caller, std::string_view name_space) const {
  if (caller.secret == SecretKind::organization_token)
    return caller.account == name_space && token_holds(caller, "scope-repository-create");
  if (caller.reach != Reach::admin) return false;
  if (caller.account == name_space) return true;
  const Organization* of = organization(name_space);
  const std::optional<Role> role = of == nullptr ? std::nullopt : of->role(caller.account);
  return role && *role != Role::member;
}

bool Accounts::belongs(const Caller& caller, std::string_view name_space) const {
  if (caller.account == name_space) return true;
  const Organization* of = organization(name_space);
  return of != nullptr && of->role(caller.account).has_value();
}

bool Accounts::token_holds(const Caller& caller, std::string_view scope) const {
  const Organization* of = organization(caller.account);
  const OrganizationToken* token = of == nullptr ? nullptr : of->token(caller.token);
  return token != nullptr && std::any_of(token->resources.begin(), token->resources.end(),
                                         [&](const TokenResource& resource) {
                                           return resource.type == "TYPE_ORG" &&
                                                  holds(resource, scope);
                                         });
}

std::optional<Caller> sign_in_basic(Accounts& accounts, std::string_view authorization) {
  constexpr std::string_view scheme = "Basic ";
  if (!authorization.starts_with(scheme)) return std::nullopt;
  const std::optional<std::string> pair = from_base64(authorization.substr(scheme.size()));
  if (!pair) return std::nullopt;
  const std::size_t colon = pair->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return accounts.sign_in(std::string_view(*pair).substr(0, colon),
                          std::string_view(*pair).substr(colon + 1));
}

}  // namespace dockerhub::sandbox
