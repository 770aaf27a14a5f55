// Manifests as values: what kind one is, and what it points to. The bytes are kept by whoever read
// them, for the digest is theirs. Sources: OCI image-spec 1.1.1, manifest.md, image-index.md,
// descriptor.md; BuildKit's attestation storage ("vnd.docker.reference.type"). Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fault.hpp"
#include "media_type.hpp"
#include "platform.hpp"

namespace dockerhub::registry {

// Something that a manifest points to. Its texts are as they were sent: a digest is checked when it
// is followed.
struct Descriptor {
  std::string media_type, digest;
  std::optional<std::uint64_t> size;  // bytes
  std::optional<Platform> platform;   // of an entry of an index
  bool is_attestation = false;        // says something about another entry
  std::string about;                  // the digest of that one; empty: not stated
};

struct Manifest {
  ManifestKind kind = ManifestKind::unknown;
  std::string media_type;
  std::vector<Descriptor> entries;    // of an index
  std::optional<Descriptor> config;   // of an image
  std::vector<Descriptor> layers;     // of an image; the blobs of an artifact
  std::optional<Descriptor> subject;  // what it refers to
  std::string artifact_type;          // or the media type of its config; empty: neither
  std::string annotations;            // JSON object, or empty
};

// `content_type`: of the answer, or empty. Refused: what is no JSON object, what says two things
// about its type, and schema 1.
Checked<Manifest> parse_manifest(std::string_view bytes, std::string_view content_type);

// The refusal of schema 1, which needs no look at the bytes.
Failed refuse_schema1();

}  // namespace dockerhub::registry
