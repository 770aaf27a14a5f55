// The way of a whole image into a repository, for push and copy: what would change is looked at and
// consented to first, then come the blobs side by side, then the manifests, and the tag at last. Errors
// are put on the call.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "blob_upload.hpp"
#include "image_tree.hpp"

namespace dockerhub::registry {

struct ImageUpload {
  Client& target;
  std::vector<Reference> references;  // tags, or the digest of the root; at least one
  std::string mount_from;  // a repository of the target's registry that has the blobs, or empty
  std::function<OpenSource(const BlobName&)> source_of;
};

struct Uploaded {
  std::vector<std::optional<DigestName>>
      replaced;  // what each reference named before, if something else
  UploadCounts counts;
};

// Carries it out, companions under their tags among it; a dry run ends before anything is written.
sdk::Reply<Uploaded> send_image(const ImageUpload& upload, const ImageTree& tree);

// What is told of it. In a dry run: how much would move at most.
sdk::Json summary_of(const ImageUpload& upload, const ImageTree& tree, const Uploaded& uploaded);

// Carries it out and answers the call; a dry run answers what it would do.
sdk::Status upload_image(const ImageUpload& upload, const ImageTree& tree);

// What a tag names at the registry now; nullopt: nothing.
sdk::Reply<std::optional<DigestName>> named_now(Client& client, const Reference& reference);

// The consent to giving a tag another meaning (nothing happens without an old one, or with the same), or
// the refusal by the parameter `no_overwrite`. `where` is the full name of the tag. Only before anything
// is written.
sdk::Status consent_to_move(sdk::Context& ctx, const std::string& where,
                            const std::optional<DigestName>& old, const DigestName& digest);

// The parameter `parallel`.
std::size_t parallel_parameter(sdk::Context& ctx);

}  // namespace dockerhub::registry
