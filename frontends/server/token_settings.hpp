// The settings of AUTH_TYPE=jwt and remote-oauth, checked. A value.
#pragma once

#include <string>
#include <vector>

#include "confirm.hpp"
#include "dockerhub/signed_tokens.hpp"
#include "setting_names.hpp"

namespace dockerhub::server {

struct TokenSettings {
  SignedTokenRules rules;
  std::vector<std::string> required_scopes;
  // Where clients reach the server, without a path of its own; empty: they are not told where tokens are had.
  std::string base_url;
  std::vector<std::string> servers;  // that give out tokens
  Confirms confirms;                 // of those subjects; of others as the server does
};

// auth: the log-in; any other gives empty settings, but an error where settings of tokens are set: their
// operator counts on them. Errors (configuration) name the setting.
Result<TokenSettings> read_token_settings(const Configuration& configuration,
                                          const SettingNames& names, const std::string& auth);

}  // namespace dockerhub::server
