// The way of a whole image into a repository, for push, copy and import: what would change is looked at and
// consented to first, then come the blobs side by side, then the manifests, and the tags at last. Errors
// are put on the call.
#pragma once

#include <functional>
#include <list>
#include <string>

#include "blob_upload.hpp"
#include "image_tree.hpp"
#include "tag_moves.hpp"

namespace dockerhub::registry {

struct ImageUpload {
  Client& target;
  std::list<Reference> references;  // tags, or the digest of the root; at least one
  std::string mount_from;  // a repository of the target's registry that has the blobs, or empty
  std::function<OpenSource(const BlobName&)> source_of;
};

struct Uploaded {
  std::list<TagMove> references;  // of the root
  std::list<TagMove> companions;  // tags that carry digests (Cosign)
  UploadCounts counts;

  // How many of the references do not name the image.
  std::size_t missing() const;
};

// What would change, looked at and consented to; nothing is written. Several images are all agreed on before the first
// is sent, since no question may come after a change.
sdk::Reply<Uploaded> agree_on(const ImageUpload& upload, const ImageTree& tree);

// Sends what was agreed on. In a dry run nothing.
sdk::Reply<Uploaded> send_agreed(const ImageUpload& upload, const ImageTree& tree,
                                 Uploaded uploaded);

// Both; a dry run ends before anything is written. With several references one that cannot be put keeps no
// other: an error only where none names the image then.
sdk::Reply<Uploaded> send_image(const ImageUpload& upload, const ImageTree& tree);

// What is told of it. In a dry run: how much would move at most.
sdk::Json summary_of(const ImageUpload& upload, const ImageTree& tree, const Uploaded& uploaded);

// Carries it out and answers the call; a dry run answers what it would do.
sdk::Status upload_image(const ImageUpload& upload, const ImageTree& tree);

// The parameter `parallel`.
std::size_t parallel_parameter(sdk::Context& ctx);

}  // namespace dockerhub::registry
