// The repositories with which every sandbox begins (docs/sandbox.md lists them).
#pragma once

#include <string>

#include "registry/store.hpp"

namespace dockerhub::sandbox {

// Of the registry / of the second registry.
void add_sample_repositories(Store& store);
void add_second_sample_repositories(Store& store);

// A public repository of that name with the image of sandbox/multi.
void add_sample_image(Store& store, const std::string& name);

}  // namespace dockerhub::sandbox
