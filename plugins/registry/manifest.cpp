#include "manifest.hpp"

#include <utility>

#include "hub/composed.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

Failed unusable(std::string_view what) {
  return wrong_answer(hub::composed("the manifest cannot be used: {}", {what}),
                      "The registry sent something that is no manifest, or two in one. Nothing of "
                      "it was used.");
}

Platform platform_from(const sdk::Value& value) {
  return {std::string(text_member(value, "os")), std::string(text_member(value, "architecture")),
          std::string(text_member(value, "variant")),
          std::string(text_member(value, "os.version"))};
}

bool is_attestation(const sdk::Value& value, const std::optional<Platform>& platform) {
  const sdk::Value* annotations = find_member(value, "annotations");
  if (annotations != nullptr && find_member(*annotations, "vnd.docker.reference.type") != nullptr)
    return true;
  return platform && platform->os == "unknown" && platform->architecture == "unknown";
}

Descriptor descriptor_from(const sdk::Value& value) {
  Descriptor descriptor;
  descriptor.media_type = bare_media_type(text_member(value, "mediaType"));
  descriptor.digest = text_member(value, "digest");
  descriptor.size = size_member(value, "size");
  if (const sdk::Value* platform = find_member(value, "platform");
      platform != nullptr && platform->IsObject()) {
    descriptor.platform = platform_from(*platform);
  }
  descriptor.is_attestation = is_attestation(value, descriptor.platform);
  if (const sdk::Value* annotations = find_member(value, "annotations"); annotations != nullptr)
    descriptor.about = text_member(*annotations, "vnd.docker.reference.digest");
  return descriptor;
}

// The kind by the stated type; without one, by what is in it.
ManifestKind kind_of(const std::string& media_type, const sdk::Value& document) {
  if (!media_type.empty()) return manifest_kind(media_type);
  if (find_member(document, "manifests") != nullptr) return ManifestKind::index;
  if (find_member(document, "layers") != nullptr) return ManifestKind::image;
  if (find_member(document, "fsLayers") != nullptr) return ManifestKind::schema1;
  return ManifestKind::unknown;
}

// One text that can be read as an index and as an image would have two contents under one digest.
bool is_ambiguous(ManifestKind kind, const sdk::Value& document) {
  if (kind == ManifestKind::index)
    return find_member(document, "layers") != nullptr || find_member(document, "config") != nullptr;
  return kind == ManifestKind::image && find_member(document, "manifests") != nullptr;
}

std::vector<Descriptor> descriptors(const sdk::Value& document, std::string_view name) {
  std::vector<Descriptor> read;
  const sdk::Value* entries = array_member(document, name);
  if (entries == nullptr) return read;
  for (const sdk::Value& entry : entries->GetArray()) {
    if (entry.IsObject()) read.push_back(descriptor_from(entry));
  }
  return read;
}

std::optional<Descriptor> descriptor(const sdk::Value& document, std::string_view name) {
  const sdk::Value* found = find_member(document, name);
  if (found == nullptr || !found->IsObject()) return std::nullopt;
  return descriptor_from(*found);
}

// What it points to, by its kind.
void read_content(const sdk::Value& document, Manifest& manifest) {
  if (manifest.kind == ManifestKind::index) {
    manifest.entries = descriptors(document, "manifests");
  } else if (manifest.kind == ManifestKind::image) {
    manifest.config = descriptor(document, "config");
    manifest.layers = descriptors(document, "layers");
  } else if (manifest.kind == ManifestKind::artifact) {
    manifest.layers = descriptors(document, "blobs");
  }
}

// What a list of referrers says of it.
void read_reference(const sdk::Value& document, Manifest& manifest) {
  manifest.subject = descriptor(document, "subject");
  manifest.artifact_type = text_member(document, "artifactType");
  if (manifest.artifact_type.empty() && manifest.config)
    manifest.artifact_type = manifest.config->media_type;
  const sdk::Value* annotations = find_member(document, "annotations");
  if (annotations != nullptr && annotations->IsObject())
    manifest.annotations = sdk::Json(*annotations).text();
}

}  // namespace

Failed refuse_schema1() {
  Fault fault;
  fault.type = "UnsupportedError";
  fault.message = "this is a Docker schema 1 manifest";
  fault.hint =
      "Schema 1 is obsolete and its digest does not protect its content: push the image again with "
      "a current client.";
  return failed(std::move(fault));
}

Checked<Manifest> parse_manifest(std::string_view bytes, std::string_view content_type) {
  Manifest manifest;
  manifest.media_type = bare_media_type(content_type);
  if (manifest_kind(manifest.media_type) == ManifestKind::schema1) return refuse_schema1();
  const auto document = parse_json(bytes);
  if (!document || !document->IsObject()) return unusable("it is no JSON object");
  const std::string stated = bare_media_type(text_member(*document, "mediaType"));
  if (!stated.empty() && !manifest.media_type.empty() && stated != manifest.media_type) {
    return unusable(hub::composed("it says mediaType {} and came as Content-Type {}",
                                  {quoted(stated), quoted(manifest.media_type)}));
  }
  if (manifest.media_type.empty()) manifest.media_type = stated;
  manifest.kind = kind_of(manifest.media_type, *document);
  if (manifest.kind == ManifestKind::schema1) return refuse_schema1();
  if (is_ambiguous(manifest.kind, *document))
    return unusable("it is an index and an image at once");
  read_content(*document, manifest);
  read_reference(*document, manifest);
  return manifest;
}

}  // namespace dockerhub::registry
