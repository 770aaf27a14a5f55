// AUTH_TYPE=static: a file that maps tokens to who they stand for:
//   {"TOKEN": {"client_id": "alice", "scopes": ["dockerhub:read"], "expires_at": 1790000000}}
// "confirm" may stand there, too, as confirm.hpp names it; left out: as the server does.
// scopes: as scopes.hpp says; left out: nothing is allowed. expires_at: seconds since 1970; left out: never.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authenticator.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::server {

struct StaticToken {
  std::string token, client;
  std::vector<std::string> scopes;
  std::optional<std::int64_t> expires_at;
  std::optional<Confirm> confirm;
};

// Errors (configuration): others can read, write or replace the file, it is no such map, or has a token of
// fewer than 16 characters. No message holds a token.
// variable: that names the file, for messages.
Result<std::vector<StaticToken>> read_static_tokens(const std::filesystem::path& file,
                                                    std::string_view variable);

class StaticTokens : public Authenticator {
 public:
  explicit StaticTokens(std::vector<StaticToken> tokens) : tokens_(std::move(tokens)) {}

  tl::expected<Principal, web::Response> authenticate(const web::Request& request) const override;
  bool has_scopes() const override { return true; }
  std::string advice() const override;

 private:
  const std::vector<StaticToken> tokens_;
};

}  // namespace dockerhub::server
