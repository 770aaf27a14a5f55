// The names of registries: repositories and tags (OCI distribution-spec 1.1.1, "Pulling manifests").
// Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::sandbox {

bool is_repository_name(std::string_view text);
bool is_tag(std::string_view text);

// "a" of "a/b/c"; the whole of a name without a slash.
std::string namespace_of(std::string_view repository);

}  // namespace dockerhub::sandbox
