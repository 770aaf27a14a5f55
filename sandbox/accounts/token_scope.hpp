// The scopes of organization access tokens (Docker's manual, "Access token reference"): which there
// are, and which other one each includes. Free functions over a constant table; any thread.
#pragma once

#include <string_view>

namespace dockerhub::sandbox {

enum class ScopeKind { repository, organization };

bool is_token_scope(std::string_view scope, ScopeKind kind);

// Whether a token that holds `held` may do what asks for `wanted`.
bool scope_includes(std::string_view held, std::string_view wanted);

}  // namespace dockerhub::sandbox
