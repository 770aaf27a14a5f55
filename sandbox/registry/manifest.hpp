// A manifest or index as a registry has to understand it: what it is and what it refers to (OCI
// image-spec 1.1.1 manifest.md and image-index.md; Docker's schema 2 types are the same in shape). The
// bytes stay as they were sent, since the digest is over them. A plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "encoding/json_text.hpp"
#include "exchange/message.hpp"

namespace dockerhub::sandbox {

namespace media {
inline constexpr std::string_view kOciIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kOciManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kDockerList =
    "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view kDockerManifest =
    "application/vnd.docker.distribution.manifest.v2+json";
}  // namespace media

struct Platform {
  std::string os, architecture, variant;
};

struct Descriptor {
  std::string media_type, digest;
  std::int64_t size = 0;
  std::optional<Platform> platform;
  bool foreign = false;  // has urls: its bytes are elsewhere
};

struct Manifest {
  std::string digest, media_type;
  Body bytes;
  std::vector<Descriptor> children;  // manifests of an index
  std::vector<Descriptor> blobs;     // the config first, then the layers
  std::string subject;               // a digest, or empty
  std::string artifact_type;         // its own, else the config's type
  std::string annotations;           // a JSON object, or empty
  std::int64_t pushed = 0;           // unix seconds

  bool is_index() const;
};

bool is_manifest_type(std::string_view media_type);

// Errors (parameter): not JSON, no known media type, or a type that differs from `content_type`.
Result<Manifest> read_manifest(std::string_view content_type, std::string bytes);

// The entry of the manifest in a list of referrers.
JsonText referrer_descriptor(const Manifest& manifest);

}  // namespace dockerhub::sandbox
