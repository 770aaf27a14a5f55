// An index made anew for some of its platforms. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <list>
#include <string>
#include <string_view>

#include "image_tree.hpp"

namespace dockerhub::registry {

// The annotation of such an index with the digest of the one that it was made of.
inline constexpr std::string_view kNarrowedFrom = "vnd.dockerhub-api.narrowed-from";

// Beside it: the platforms, as platform_list() writes them.
inline constexpr std::string_view kNarrowedTo = "vnd.dockerhub-api.narrowed-to";

// Each once and in one spelling and order, with commas between them: equal texts for equal wishes.
std::string platform_list(const std::list<Platform>& platforms);

// Whether narrowed_index() leaves this manifest as it is.
bool is_narrow(const Manifest& manifest, const std::list<Platform>& platforms);

// The index with the images for these platforms alone, and what it attests about them, in their order there. It has
// another digest, which a warning tells; an index that lists nothing else stays as it is, and so does a manifest that
// is no index. A platform that is not there is an error that names those there are.
sdk::Reply<TreeManifest> narrowed_index(sdk::Context& ctx, TreeManifest root,
                                        const std::list<Platform>& platforms);

}  // namespace dockerhub::registry
