// The token scope that a request to a registry is about to need (distribution's "Docker Registry
// token scope"), so that it can be asked for before the challenge. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub {

// "repository:NAME:pull" and the like; empty where the path names no repository. path: encoded,
// without the base URL's own path.
std::string registry_scope(std::string_view method, std::string_view path);

}  // namespace dockerhub
