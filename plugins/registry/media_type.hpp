// Media types of manifests and blobs (OCI image-spec 1.1.1, media-types.md; Docker image manifest version 2,
// schema 2). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::registry {

enum class ManifestKind {
  index,     // of manifests, mostly one a platform
  image,     // of an image or of an artifact in an image's form
  artifact,  // withdrawn from the specification before 1.1, and still around
  schema1,   // Docker's first; its digest is not that of its bytes
  unknown,
};

ManifestKind manifest_kind(std::string_view media_type);

// Of blobs on their way.
inline constexpr std::string_view kOctetStream = "application/octet-stream";

inline constexpr std::string_view kOciIndex = "application/vnd.oci.image.index.v1+json";

// What every request for a manifest accepts: a server that is not told so answers 404, or converts.
inline constexpr std::string_view kManifestTypes =
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json";

// Configs that state the platform of their image; those of artifacts may be anything.
bool is_image_config(std::string_view media_type);

// Layers that may not be passed on by a registry: they stay where their publisher keeps them.
bool is_foreign_layer(std::string_view media_type);

// A Content-Type without its parameters, in lower case.
std::string bare_media_type(std::string_view content_type);

}  // namespace dockerhub::registry
