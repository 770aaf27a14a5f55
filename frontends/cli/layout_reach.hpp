// What of a store belongs to the image layout in it. One thread.
#pragma once

#include <set>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// Names of the entries that a layout is made of: its two files, and each blob that its index names or that a manifest
// does that it lists, at any depth, whether it is there or not.
Result<std::set<std::string>> layout_reach(Store& files);

}  // namespace dockerhub::cli
