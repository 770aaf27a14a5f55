#include "sample/image_builder.hpp"

#include <stdexcept>
#include <utility>

#include "encoding/digest.hpp"
#include "sample/layer.hpp"
#include "sample/statements.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kInToto = "application/vnd.in-toto+json";
constexpr std::string_view kEmpty = "application/vnd.oci.empty.v1+json";
constexpr std::string_view kOciConfig = "application/vnd.oci.image.config.v1+json";

struct ImageTypes {
  std::string_view manifest, config, layer;
};
constexpr ImageTypes kOciTypes = {media::kOciManifest, kOciConfig,
                                  "application/vnd.oci.image.layer.v1.tar+gzip"};
constexpr ImageTypes kDockerTypes = {media::kDockerManifest,
                                     "application/vnd.docker.container.image.v1+json",
                                     "application/vnd.docker.image.rootfs.diff.tar.gzip"};

std::vector<JsonText::Member> members_of(const Descriptor& descriptor) {
  return {{"mediaType", descriptor.media_type},
          {"digest", descriptor.digest},
          {"size", descriptor.size}};
}

JsonText json_of(const Descriptor& descriptor) {
  return JsonText::object(members_of(descriptor));
}

JsonText json_of(const Platform& platform) {
  std::vector<JsonText::Member> members = {{"architecture", platform.architecture},
                                           {"os", platform.os}};
  if (!platform.variant.empty()) members.push_back({"variant", platform.variant});
  return JsonText::object(members);
}

JsonText index_entry(const Descriptor& image) {
  std::vector<JsonText::Member> members = members_of(image);
  members.push_back({"platform", json_of(image.platform.value_or(Platform{}))});
  return JsonText::object(members);
}

JsonText attestation_entry(const Descriptor& attestation, const Descriptor& image) {
  std::vector<JsonText::Member> members = members_of(attestation);
  members.push_back(
      {"annotations", JsonText::object({{"vnd.docker.reference.digest", image.digest},
                                        {"vnd.docker.reference.type", "attestation-manifest"}})});
  members.push_back({"platform", json_of(Platform{"unknown", "unknown", ""})});
  return JsonText::object(members);
}

JsonText index_json(const std::vector<JsonText>& entries) {
  return JsonText::object({{"schemaVersion", 2},
                           {"mediaType", media::kOciIndex},
                           {"manifests", JsonText::array(entries)}});
}

std::string config_json(const Platform& platform, const std::string& archive) {
  std::vector<JsonText::Member> members = {{"created", "2024-01-01T00:00:00Z"},
                                           {"architecture", platform.architecture},
                                           {"os", platform.os}};
  if (!platform.variant.empty()) members.push_back({"variant", platform.variant});
  members.push_back(
      {"config", JsonText::object({{"Env", JsonText::array({"PATH=/usr/local/bin:/usr/bin:/bin"})},
                                   {"Cmd", JsonText::array({"/bin/sh"})},
                                   {"WorkingDir", "/"},
                                   {"Labels", JsonText::object({{"org.opencontainers.image.title",
                                                                 "sandbox sample"}})}})});
  members.push_back(
      {"rootfs", JsonText::object({{"type", "layers"},
                                   {"diff_ids", JsonText::array({sha256_digest(archive)})}})});
  members.push_back(
      {"history", JsonText::array({JsonText::object(
                      {{"created", "2024-01-01T00:00:00Z"}, {"created_by", "COPY / /"}})})});
  return JsonText::object(members).text();
}

JsonText statement_layer(const Descriptor& blob, std::string_view predicate) {
  std::vector<JsonText::Member> members = members_of(blob);
  members.push_back({"annotations", JsonText::object({{"in-toto.io/predicate-type", predicate}})});
  return JsonText::object(members);
}

}  // namespace

Descriptor ImageBuilder::blob(std::string_view media_type, const std::string& bytes) {
  Descriptor descriptor;
  descriptor.media_type = media_type;
  descriptor.digest = sha256_digest(bytes);
  descriptor.size = static_cast<std::int64_t>(bytes.size());
  repository_.blobs.insert_or_assign(descriptor.digest, Body(bytes));
  return descriptor;
}

Descriptor ImageBuilder::manifest(std::string_view media_type, const JsonText& json) {
  Result<Manifest> made = read_manifest(media_type, json.text());
  if (!made) throw std::logic_error(made.error().message);
  Descriptor descriptor;
  descriptor.media_type = made->media_type;
  descriptor.digest = made->digest;
  descriptor.size = static_cast<std::int64_t>(made->bytes.size());
  store_.put_manifest(repository_, *std::move(made), "");
  return descriptor;
}

Descriptor ImageBuilder::image(const ImageOptions& options) {
  const ImageTypes& types = options.docker_types ? kDockerTypes : kOciTypes;
  const std::string archive = tar_of("etc/sandbox-release", options.content);
  const Descriptor config = blob(types.config, config_json(options.platform, archive));
  const Descriptor layer = blob(types.layer, gzip(archive));
  Descriptor made =
      manifest(types.manifest, JsonText::object({{"schemaVersion", 2},
                                                 {"mediaType", types.manifest},
                                                 {"config", json_of(config)},
                                                 {"layers", JsonText::array({json_of(layer)})}}));
  made.platform = options.platform;
  return made;
}

Descriptor ImageBuilder::index(const std::vector<Descriptor>& images) {
  std::vector<JsonText> entries;
  entries.reserve(2 * images.size());
  for (const Descriptor& image : images) entries.push_back(index_entry(image));
  return manifest(media::kOciIndex, index_json(entries));
}

Descriptor ImageBuilder::index_with_attestations(const std::vector<Descriptor>& images) {
  std::vector<JsonText> entries;
  entries.reserve(2 * images.size());
  for (const Descriptor& image : images) entries.push_back(index_entry(image));
  for (const Descriptor& image : images)
    entries.push_back(attestation_entry(attestation(image), image));
  return manifest(media::kOciIndex, index_json(entries));
}

Descriptor ImageBuilder::attestation(const Descriptor& image) {
  const Descriptor sbom = blob(kInToto, spdx_statement(repository_.name, image.digest));
  const Descriptor provenance = blob(kInToto, slsa_statement(repository_.name, image.digest));
  const JsonText rootfs = JsonText::object(
      {{"type", "layers"}, {"diff_ids", JsonText::strings({sbom.digest, provenance.digest})}});
  const Descriptor config =
      blob(kOciConfig,
           JsonText::object({{"architecture", "unknown"}, {"os", "unknown"}, {"rootfs", rootfs}})
               .text());
  return manifest(
      media::kOciManifest,
      JsonText::object(
          {{"schemaVersion", 2},
           {"mediaType", media::kOciManifest},
           {"config", json_of(config)},
           {"layers", JsonText::array({statement_layer(sbom, kSpdxPredicate),
                                       statement_layer(provenance, kSlsaPredicate)})}}));
}

Descriptor ImageBuilder::artifact(const ArtifactOptions& options) {
  const Descriptor config = blob(kEmpty, "{}");
  const Descriptor layer = blob(options.media_type, options.content);
  std::vector<JsonText::Member> members = {{"schemaVersion", 2},
                                           {"mediaType", media::kOciManifest},
                                           {"artifactType", options.type},
                                           {"config", json_of(config)},
                                           {"layers", JsonText::array({json_of(layer)})}};
  if (options.subject) members.push_back({"subject", json_of(*options.subject)});
  members.push_back({"annotations", JsonText::object({{"org.opencontainers.image.created",
                                                       "2024-01-01T00:00:00Z"}})});
  return manifest(media::kOciManifest, JsonText::object(members));
}

void ImageBuilder::tag(const std::string& name, const Descriptor& manifest) {
  store_.put_tag(repository_, name, manifest.digest);
}

}  // namespace dockerhub::sandbox
