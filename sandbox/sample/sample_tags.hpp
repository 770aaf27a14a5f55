// Repositories with tags that a test wants: many, of given ages, on shared images.
#pragma once

#include "base/json.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

// An object: "repository" (made where it is not there) and "tags", each {"name", "content"?, "platforms"?,
// "pushed"?, "pulled"?}. Tags of the same content and number of platforms (1, or 3 and their attestations) name
// the same manifest. Errors (parameter): nothing was added.
Result<void> add_sample_tags(Store& store, const json::Value& wanted);

}  // namespace dockerhub::sandbox
