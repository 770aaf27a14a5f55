// Everything that the hosts of one sandbox share: settings, accounts, registries, keys, and where the
// listeners are. One object a program, handed to every host; used under the lock of the reception.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "accounts/accounts.hpp"
#include "audit/audit_log.hpp"
#include "exchange/quota.hpp"
#include "registry/store.hpp"
#include "settings.hpp"
#include "tokens/certified_key.hpp"

namespace dockerhub::sandbox {

// A registry that tokens can be had for.
struct TokenAudience {
  std::string service;
  std::string issuer;
  const Store* store = nullptr;  // nullptr: a registry elsewhere
};

inline constexpr std::string_view kRegistryService = "registry.docker.io";
inline constexpr std::string_view kSecondService = "second.registry.sandbox";
inline constexpr std::string_view kTokenIssuer = "auth.docker.io";

struct World {
  World(Settings given, Accounts who, AuditLog done, CertifiedKey signing_key)
      : first_settings(given),
        settings(std::move(given)),
        accounts(std::move(who)),
        audit(std::move(done)),
        key(std::move(signing_key)) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() = default;

  const Settings first_settings;  // as the program was started
  Settings settings;
  Accounts accounts;
  AuditLog audit;
  CertifiedKey key;
  Store store;         // of the registry; the Hub manages its repositories
  Store second_store;  // of the second registry
  std::vector<TokenAudience> audiences;
  std::map<std::string, Caller> refresh_tokens;
  std::map<std::string, std::string> second_factors;  // intermediate log-in tokens: account
  Quota hub_quota{60};
  Quota pull_quota{6 * 60 * 60};
  std::map<std::string, std::string, std::less<>> urls;  // of the listeners, by name

  std::string url(std::string_view listener) const {
    const auto found = urls.find(listener);
    return found == urls.end() ? std::string() : found->second;
  }
};

}  // namespace dockerhub::sandbox
