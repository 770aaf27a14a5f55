// An index made anew for some of its platforms. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <vector>

#include "image_tree.hpp"

namespace dockerhub::registry {

// The index with the images for these platforms alone, and what it attests about them, in their order there. It has
// another digest, which a warning tells; an index that lists nothing else stays as it is, and so does a manifest that is
// no index. A platform that is not there is an error that names those there are.
sdk::Reply<TreeManifest> narrowed_index(sdk::Context& ctx, TreeManifest root,
                                        const std::vector<Platform>& platforms);

}  // namespace dockerhub::registry
