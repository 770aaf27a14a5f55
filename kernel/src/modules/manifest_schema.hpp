// The published JSON Schema of manifests (share/dockerhub/manifest-1.schema.json, compiled in), as
// the loader applies it. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace dockerhub {

// Everything but the actions themselves. The first violation, or nullopt: "/tools/0/name: must
// match
// ..., is `X`".
std::optional<std::string> manifest_violation(const json::Value& manifest);

// One action against #/definitions/action. at: where it lies in the manifest
// ("/tools/0/actions/2").
std::optional<std::string> action_violation(const json::Value& value, std::string_view at);

// A key that one object has twice ("/tools/0: `name` is there twice"): readers differ in which one
// they take, so a person would check something else than what counts.
std::optional<std::string> repeated_key(const json::Value& value);

}  // namespace dockerhub
