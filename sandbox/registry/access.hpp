// May this request be answered? Checks the bearer token or the Basic credentials of a call and writes
// the challenge where they do not do (RFC 6750 3, RFC 7617; distribution project, "Token
// Authentication Specification").
#pragma once

#include <optional>
#include <vector>

#include "registry/call.hpp"
#include "tokens/scope.hpp"

namespace dockerhub::sandbox {

// nullopt: it may; call.caller is then known, where there is one. Otherwise the refusal.
std::optional<Answer> refuse_access(RegistryCall& call, const std::vector<Scope>& needed);

}  // namespace dockerhub::sandbox
