// Builds images, indexes and artifacts into a repository of a store, with digests that depend only on
// what is given (OCI image-spec 1.1.1; Docker's "Image Manifest Version 2, Schema 2"; BuildKit,
// "Image Attestation Storage"). Used under the lock of the reception, or before there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/store.hpp"

namespace dockerhub::sandbox {

struct ImageOptions {
  Platform platform;
  std::string content;  // of the one file in its layer
  bool docker_types = false;
};

struct ArtifactOptions {
  std::string type;                 // artifactType
  std::string media_type, content;  // of its layer
  std::optional<Descriptor> subject;
};

class ImageBuilder {
 public:
  ImageBuilder(Store& store, Repository& repository) : store_(store), repository_(repository) {}

  // Each stores the manifest and gives its descriptor.
  Descriptor image(const ImageOptions& options);
  Descriptor index(const std::vector<Descriptor>& images);
  // Each image with an attestation manifest after it: SBOM (SPDX) and provenance (SLSA).
  Descriptor index_with_attestations(const std::vector<Descriptor>& images);
  Descriptor artifact(const ArtifactOptions& options);
  void tag(const std::string& name, const Descriptor& manifest);

 private:
  Descriptor blob(std::string_view media_type, const std::string& bytes);
  Descriptor manifest(std::string_view media_type, const JsonText& json);
  Descriptor attestation(const Descriptor& image);

  Store& store_;
  Repository& repository_;
};

}  // namespace dockerhub::sandbox
