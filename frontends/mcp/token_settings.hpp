// The settings of AUTH_TYPE=jwt and remote-oauth, checked. A value.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/signed_tokens.hpp"

namespace dockerhub::mcp {

struct TokenSettings {
  SignedTokenRules rules;
  std::vector<std::string> required_scopes;
  // Where clients reach the server, without a path of its own; empty: they are not told where tokens are had.
  std::string base_url;
  std::vector<std::string> servers;  // that give out tokens
};

// auth: the value of AUTH_TYPE; any other gives empty settings, but an error where settings of tokens are
// set: their operator counts on them. path: of the resource ("/mcp"). Errors (configuration) name the
// setting.
Result<TokenSettings> read_token_settings(const Configuration& configuration,
                                          const std::string& auth, std::string_view path);

}  // namespace dockerhub::mcp
