// The way of a whole image into a layout, for pull and export: what is there is proved and kept, what is missing
// fetched, then come the manifests. The list of the layout is the caller's to finish. Errors are put on the call.
#pragma once

#include <optional>
#include <string>

#include "blob_download.hpp"
#include "image_tree.hpp"
#include "oci_layout.hpp"

namespace dockerhub::registry {

struct ImageDownload {
  Client& client;
  OciLayout& layout;
  const ImageTree& tree;
  std::string tag;  // in the layout; empty: none
};

// What the tag names in the layout now, if it is something else.
sdk::Reply<std::optional<DigestName>> replaced_by(const ImageDownload& download);

// Fetches it and puts it on the layout's list.
sdk::Reply<DownloadCounts> download_image(const ImageDownload& download);

// What is told of it: where it comes from, and what it is.
sdk::Json summary_of(const ImageDownload& download, const std::optional<DigestName>& replaced);

// Warns where layers stay with their publisher.
void tell_foreign(sdk::Context& ctx, const ImageTree& tree);

}  // namespace dockerhub::registry
