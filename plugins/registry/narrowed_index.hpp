// An index made anew for some of its platforms. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <string_view>
#include <vector>

#include "image_tree.hpp"

namespace dockerhub::registry {

// The annotation of such an index with the digest of the one that it was made of.
inline constexpr std::string_view kNarrowedFrom = "vnd.dockerhub-api.narrowed-from";

// The index with the images for these platforms alone, and what it attests about them, in their order there. It has
// another digest, which a warning tells; an index that lists nothing else stays as it is, and so does a manifest that is
// no index. A platform that is not there is an error that names those there are.
sdk::Reply<TreeManifest> narrowed_index(sdk::Context& ctx, TreeManifest root,
                                        const std::vector<Platform>& platforms);

}  // namespace dockerhub::registry
