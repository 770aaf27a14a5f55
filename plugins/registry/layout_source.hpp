// How the manifests and blobs of a layout are read for an upload. Inside the call, on its thread. Errors are put on the
// call.
#pragma once

#include <functional>

#include "blob_source.hpp"
#include "image_tree.hpp"
#include "oci_layout.hpp"

namespace dockerhub::registry {

// `layout` outlives both.
ReadEntry layout_entries(sdk::Context& ctx, OciLayout& layout);
std::function<OpenSource(const BlobName&)> layout_blobs(sdk::Context& ctx, OciLayout& layout);

// The tag in a name of a layout, which may be that of a whole image: "docker.io/library/alpine:3.20".
std::string tag_in(const std::string& name);

}  // namespace dockerhub::registry
