#include "registry/manifest.hpp"

#include <array>
#include <utility>

#include "base/json.hpp"
#include "encoding/digest.hpp"

namespace dockerhub::sandbox {
namespace {

Failure invalid(std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = "Send a manifest of OCI or Docker schema 2 with its media type as Content-Type.";
  return Failure(std::move(error));
}

Descriptor read_descriptor(const json::Value& value) {
  Descriptor descriptor;
  descriptor.media_type = json::text_of(value, "mediaType");
  descriptor.digest = json::text_of(value, "digest");
  const json::Value* size = json::find(value, "size");
  if (size != nullptr && size->IsInt64()) descriptor.size = size->GetInt64();
  const json::Value* urls = json::find(value, "urls");
  descriptor.foreign = urls != nullptr && urls->IsArray() && !urls->Empty();
  if (const json::Value* platform = json::find(value, "platform")) {
    descriptor.platform = Platform{std::string(json::text_of(*platform, "os")),
                                   std::string(json::text_of(*platform, "architecture")),
                                   std::string(json::text_of(*platform, "variant"))};
  }
  return descriptor;
}

Result<void> read_list(const json::Value& document, std::string_view name,
                       std::vector<Descriptor>& to) {
  const json::Value* list = json::find(document, name);
  if (list == nullptr) return {};
  if (!list->IsArray()) return invalid(std::string(name) + " is not a list");
  for (const auto& entry : list->GetArray()) {
    to.push_back(read_descriptor(entry));
    if (!is_digest(to.back().digest))
      return invalid("an entry of " + std::string(name) + " has no digest");
  }
  return {};
}

Result<void> read_references(const json::Value& document, Manifest& manifest) {
  if (manifest.is_index()) return read_list(document, "manifests", manifest.children);
  if (const json::Value* config = json::find(document, "config")) {
    manifest.blobs.push_back(read_descriptor(*config));
    if (!is_digest(manifest.blobs.back().digest)) return invalid("config has no digest");
    manifest.artifact_type = manifest.blobs.back().media_type;
  } else {
    return invalid("an image manifest has a config");
  }
  return read_list(document, "layers", manifest.blobs);
}

}  // namespace

bool Manifest::is_index() const {
  return media_type == media::kOciIndex || media_type == media::kDockerList;
}

bool is_manifest_type(std::string_view media_type) {
  constexpr std::array<std::string_view, 4> types = {media::kOciIndex, media::kOciManifest,
                                                     media::kDockerList, media::kDockerManifest};
  for (const std::string_view type : types) {
    if (type == media_type) return true;
  }
  return false;
}

Result<Manifest> read_manifest(std::string_view content_type, std::string bytes) {
  Manifest manifest;
  manifest.media_type = content_type.substr(0, content_type.find(';'));
  if (!is_manifest_type(manifest.media_type)) return invalid("not a media type of manifests");
  const Result<json::Document> document = json::parse(bytes);
  if (!document) return Failure(document.error());
  if (!document->IsObject()) return invalid("a manifest is a JSON object");
  if (json::text_of(*document, "mediaType", manifest.media_type) != manifest.media_type)
    return invalid("mediaType is not what Content-Type says");
  if (Result<void> read = read_references(*document, manifest); !read)
    return Failure(std::move(read.error()));
  if (const json::Value* subject = json::find(*document, "subject")) {
    manifest.subject = json::text_of(*subject, "digest");
    if (!is_digest(manifest.subject)) return invalid("subject has no digest");
  }
  manifest.artifact_type = json::text_of(*document, "artifactType", manifest.artifact_type);
  if (const json::Value* annotations = json::find(*document, "annotations"))
    manifest.annotations = json::write(*annotations);
  manifest.digest = sha256_digest(bytes);
  manifest.bytes = Body(std::move(bytes));
  return manifest;
}

JsonText referrer_descriptor(const Manifest& manifest) {
  std::vector<JsonText::Member> members = {{"mediaType", manifest.media_type},
                                           {"digest", manifest.digest},
                                           {"size", manifest.bytes.size()}};
  if (!manifest.artifact_type.empty()) members.push_back({"artifactType", manifest.artifact_type});
  if (!manifest.annotations.empty())
    members.push_back({"annotations", JsonText::raw(manifest.annotations)});
  return JsonText::object(members);
}

}  // namespace dockerhub::sandbox
