// An image of a registry on its way to another repository, for copy and mirror. Inside the call, on its thread. Errors
// are put on the call.
#pragma once

#include <list>

#include "companions.hpp"
#include "image_tree.hpp"
#include "image_upload.hpp"

namespace dockerhub::registry {

struct ImageCopy {
  Client& source;
  const Reference& reference;
  const std::list<Platform>&
      platforms;              // empty: all; one: the image for it; more: an index of them
  bool as_index;              // an index of one, too
  ReferrersSupport* support;  // none: what refers to the image stays behind
};

// Everything that is to be copied.
sdk::Reply<ImageTree> read_image(const ImageCopy& copy);

// `source` and `target` outlive it.
ImageUpload upload_of(Client& source, Client& target, std::list<Reference> references);

}  // namespace dockerhub::registry
