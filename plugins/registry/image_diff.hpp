// How two images of one platform differ. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "dockerhub/sdk/json.hpp"
#include "manifest.hpp"

namespace dockerhub::registry {

// [{"field", "from", "to"}]: members of the configs that differ, those of "config" as "config.NAME"; without
// history and rootfs, which the layers tell.
sdk::Json config_changes(const sdk::Value& from, const sdk::Value& to);

// {"same", "removed", "added"}: how many layers both begin with, and the layers after these.
sdk::Json layer_changes(const std::vector<Descriptor>& from, const std::vector<Descriptor>& to);

}  // namespace dockerhub::registry
