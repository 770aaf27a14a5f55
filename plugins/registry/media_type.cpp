#include "media_type.hpp"

#include <array>
#include <utility>

#include "characters.hpp"

namespace dockerhub::registry {

ManifestKind manifest_kind(std::string_view media_type) {
  constexpr std::array<std::pair<std::string_view, ManifestKind>, 7> kKinds = {{
      {kOciIndex, ManifestKind::index},
      {"application/vnd.docker.distribution.manifest.list.v2+json", ManifestKind::index},
      {"application/vnd.oci.image.manifest.v1+json", ManifestKind::image},
      {"application/vnd.docker.distribution.manifest.v2+json", ManifestKind::image},
      {"application/vnd.oci.artifact.manifest.v1+json", ManifestKind::artifact},
      {"application/vnd.docker.distribution.manifest.v1+prettyjws", ManifestKind::schema1},
      {"application/vnd.docker.distribution.manifest.v1+json", ManifestKind::schema1},
  }};
  for (const auto& [type, kind] : kKinds) {
    if (type == media_type) return kind;
  }
  return ManifestKind::unknown;
}

bool is_image_config(std::string_view media_type) {
  return media_type == "application/vnd.oci.image.config.v1+json" ||
         media_type == "application/vnd.docker.container.image.v1+json";
}

bool is_foreign_layer(std::string_view media_type) {
  return media_type.find(".layer.nondistributable.") != std::string_view::npos ||
         media_type == "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" ||
         media_type == "application/vnd.docker.image.rootfs.foreign.diff.tar";
}

std::string bare_media_type(std::string_view content_type) {
  return lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
}

}  // namespace dockerhub::registry
