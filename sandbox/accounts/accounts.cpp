#include "accounts/accounts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "encoding/base64.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<std::string_view, 4> kReachNames = {"repo:public_read", "repo:read",
                                                         "repo:write", "repo:admin"};

}  // namespace

std::string_view reach_name(Reach reach) {
  return kReachNames[static_cast<std::size_t>(reach)];
}

std::optional<Reach> reach_of(std::string_view name) {
  const auto found = std::find(kReachNames.begin(), kReachNames.end(), name);
  if (found == kReachNames.end()) return std::nullopt;
  return static_cast<Reach>(found - kReachNames.begin());
}

std::optional<Caller> Accounts::sign_in(std::string_view name, std::string_view secret) const {
  const Account* account = find(name);
  if (account == nullptr) return std::nullopt;
  for (const AccountSecret& known : account->secrets) {
    if (known.text == secret) return Caller{account->name, account->uuid, known.reach};
  }
  return std::nullopt;
}

const Account* Accounts::find(std::string_view name) const {
  for (const Account& account : accounts_) {
    if (account.name == name) return &account;
  }
  return nullptr;
}

bool Accounts::belongs(const Caller& caller, std::string_view name_space) const {
  if (caller.account == name_space) return true;
  const Account* account = find(caller.account);
  return account != nullptr &&
         std::find(account->organizations.begin(), account->organizations.end(), name_space) !=
             account->organizations.end();
}

bool Accounts::may(const Caller& caller, std::string_view name_space, Reach reach) const {
  return caller.reach >= reach && belongs(caller, name_space);
}

std::optional<Caller> sign_in_basic(const Accounts& accounts, std::string_view authorization) {
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
