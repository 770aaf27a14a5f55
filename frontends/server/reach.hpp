// How a server is reached over HTTP, and how its callers log in: the settings of it, checked. A value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "dockerhub/server_tls.hpp"
#include "http/address.hpp"
#include "http/origin_rules.hpp"
#include "setting_names.hpp"
#include "token_settings.hpp"

namespace dockerhub::server {

struct Reach {
  web::Address address;
  std::optional<ServerTls::Files> tls;  // none: plain HTTP
  std::vector<std::string> allowed_hosts, allowed_origins;
  std::string auth;                     // "none", "static", "jwt", "remote-oauth"
  std::filesystem::path static_tokens;  // the file of tokens of "static"
  TokenSettings tokens;                 // of "jwt" and "remote-oauth"
  bool allow_unauthenticated = false;
  std::uint32_t requests_per_second = 0;  // of each client; 0: no limit
  std::string variables;                  // how the names of its variables begin

  web::OriginRules origins() const {
    return {address.is_loopback(), allowed_hosts, allowed_origins, variables};
  }
};

// What the command line says of it.
struct ReachOptions {
  std::string listen;  // an address instead of host and port, or empty
  bool allow_unauthenticated = false;
};

// Errors (configuration) name the setting with its origin; also where nobody logs in and others than this
// machine would reach the server.
Result<Reach> read_reach(const Configuration& configuration, const SettingNames& names,
                         const ReachOptions& options);

// The log-in alone.
Result<std::string> read_auth(const Configuration& configuration, const SettingNames& names);

// The error of a setting: "where: key is 'value', WHAT".
Failure refused_setting(const Configuration& configuration, std::string_view key,
                        const std::string& what, std::string hint);

// "a, b" as {"a", "b"}.
std::vector<std::string> comma_items(std::string_view text);

}  // namespace dockerhub::server
