// The images of a reference: those that an index lists, nested indexes unfolded, or the single one.
// Errors are put on the call.
#pragma once

#include <cstddef>
#include <vector>

#include "client.hpp"

namespace dockerhub::registry {

struct Images {
  std::vector<Descriptor> images;  // in the order of the index
  std::size_t attestations = 0;    // entries that say something about others
  std::size_t others = 0;          // entries of no known type
};

// Unfolds at most 3 levels of indexes and 16 indexes in all; what lies deeper is left out with a
// warning. Each nested index is read once.
sdk::Reply<Images> images_of(Client& client, const Manifest& index);

// The image that serves this platform, or a failure that lists the platforms there.
sdk::Reply<Descriptor> choose_image(sdk::Context& ctx, const Images& images,
                                    const Platform& wanted);

// The manifest that an entry of an index points to.
sdk::Reply<ReadManifest> manifest_of_entry(Client& client, const Descriptor& entry);

// The config of an image: its JSON, verified.
sdk::Reply<Verified> config_of(Client& client, const Manifest& image);

}  // namespace dockerhub::registry
