// What a secret of a user reaches, each including those before it: Docker's scopes of personal access
// tokens (repo:public_read, repo:read, repo:write, repo:admin). Teams have the last three as their
// permission on a repository. Free functions; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace dockerhub::sandbox {

enum class Reach { public_read, read, write, admin };

// "repo:admin"
std::string_view reach_name(Reach reach);
std::optional<Reach> reach_of(std::string_view name);

// "admin": the permission of a team. There is none that reads only what is public.
std::string_view permission_name(Reach reach);
std::optional<Reach> permission_of(std::string_view name);

}  // namespace dockerhub::sandbox
