// The scopes of registry tokens, "repository:name:pull,push" (distribution project, "Token Scope
// Documentation"), and which of them a caller is granted. Plain values and free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "encoding/json_text.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

struct Scope {
  std::string type, name;
  std::vector<std::string> actions;

  std::string text() const;
  bool has(std::string_view action) const;  // "*" stands for every action
};

// nullopt for a text without type, name and actions. The name may hold colons.
std::optional<Scope> read_scope(std::string_view text);

// A list of scopes as the claim `access` of a token.
JsonText access_claim(const std::vector<Scope>& scopes);

// Who asks, and whose repositories these are: those of `store`, or of a registry elsewhere (nullptr)
// that the sandbox signs for, where every account may do what its secret reaches.
struct GrantRequest {
  const Accounts& accounts;
  const Store* store = nullptr;
  const std::optional<Caller>& caller;
  bool anonymous_pull = true;
};

// What of the scope the caller gets; nullopt: nothing.
std::optional<Scope> grant(const GrantRequest& request, const Scope& wanted);

}  // namespace dockerhub::sandbox
