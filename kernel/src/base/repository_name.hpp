// Names of repositories (OCI distribution-spec 1.1, "Pulling manifests"). Any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace dockerhub {

inline constexpr std::size_t kMaxRepositoryName = 255;  // bytes

// "library/alpine": components of lower-case letters and digits with single separators inside, joined
// by "/". Host, tag and digest are no part of it.
bool is_repository_name(std::string_view name);

}  // namespace dockerhub
