// Everything that makes up an image: its manifests, an index with all that it lists, and the blobs they
// name. Read and verified as a whole before anything is moved. Errors are put on the call.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "blob_check.hpp"
#include "client.hpp"
#include "companions.hpp"
#include "manifest.hpp"
#include "platform.hpp"

namespace dockerhub::registry {

struct TreeManifest {
  DigestName digest;
  Manifest manifest;
  std::string bytes;
  std::vector<std::string> tags{};  // under which it has to be found too (Cosign)
};

struct ImageTree {
  std::list<TreeManifest>
      manifests;              // what is listed or refers before what lists it; the root is the last
  std::list<BlobName> blobs;  // each once
  std::size_t foreign = 0;    // layers that stay with their publisher
  std::uint64_t bytes = 0;    // of the blobs

  const TreeManifest& root() const { return manifests.back(); }
};

// Reads the manifest that a descriptor names.
using ReadEntry = std::function<sdk::Reply<TreeManifest>(const Descriptor&)>;

// Finds what belongs to a manifest and stands beside it.
using FindCompanions = std::function<sdk::Reply<std::list<Companion>>(const DigestName&)>;

// The tree under a manifest. With `platform` the one image for it instead of the whole index. Indexes are
// followed 8 levels deep; more than 1,000 manifests, or 16 MiB of them, are refused. With `find` the companions of each
// manifest, and theirs, are part of it.
sdk::Reply<ImageTree> read_tree(sdk::Context& ctx, TreeManifest root,
                                const std::optional<Platform>& platform, const ReadEntry& read,
                                const FindCompanions& find = {});

// How a registry's manifests are read.
sdk::Reply<TreeManifest> remote_manifest(Client& client, const Reference& reference,
                                         std::optional<std::uint64_t> size);
ReadEntry remote_entries(Client& client);

// The parameter `platform`, where it is given.
sdk::Reply<std::optional<Platform>> platform_parameter(sdk::Context& ctx);

}  // namespace dockerhub::registry
