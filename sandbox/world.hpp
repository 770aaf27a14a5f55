// Everything that the hosts of one sandbox share: settings, accounts, registries, keys, and where the
// listeners are. One object a program, handed to every host; used under the lock of the reception.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "contents.hpp"
#include "exchange/quota.hpp"
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
  World(Settings given, Contents begun, CertifiedKey signing_key)
      : first_settings(std::move(given)),
        first_contents(std::move(begun)),
        settings(first_settings),
        accounts(first_contents.accounts),
        audit(first_contents.audit),
        key(std::move(signing_key)),
        store(first_contents.store),
        second_store(first_contents.second_store) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() = default;

  // As the program was started.
  const Settings first_settings;
  const Contents first_contents;

  Settings settings;
  Accounts accounts;
  AuditLog audit;
  CertifiedKey key;
  Store store, second_store;
  std::vector<TokenAudience> audiences;
  std::map<std::string, Caller> refresh_tokens;
  std::map<std::string, std::string> second_factors;  // intermediate log-in tokens: account
  Quota hub_quota{60};
  Quota pull_quota{6 * 60 * 60};
  std::map<std::string, std::string, std::less<>> urls;  // of the listeners, by name

  // As after the start: a copy, since making the sample data anew takes many times as long.
  void begin_anew() {
    settings = first_settings;
    accounts = first_contents.accounts;
    audit = first_contents.audit;
    store = first_contents.store;
    second_store = first_contents.second_store;
    refresh_tokens.clear();
    second_factors.clear();
    hub_quota.clear();
    pull_quota.clear();
  }

  std::string url(std::string_view listener) const {
    const auto found = urls.find(listener);
    return found == urls.end() ? std::string() : found->second;
  }
};

}  // namespace dockerhub::sandbox
