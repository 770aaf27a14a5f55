#include "docker_archive.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "archive_file.hpp"
#include "json.hpp"
#include "layout_texts.hpp"
#include "store_errors.hpp"
#include "view_store.hpp"

namespace dockerhub::cli {
namespace {

constexpr std::string_view kImageManifest = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kImageConfig = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view kImageLayer = "application/vnd.oci.image.layer.v1.tar";
constexpr std::uint64_t kMostDocument = std::uint64_t{8} * 1024 * 1024;
constexpr std::uint64_t kMostConfigs = std::uint64_t{64} * 1024 * 1024;  // bytes of all of them
constexpr rapidjson::SizeType kMostListed = 1000;  // images, their names, layers of one

const json::Value* list_of(const json::Value& object, std::string_view name) {
  const json::Value* list = json::find(object, name);
  return list != nullptr && list->IsArray() && list->Size() <= kMostListed ? list : nullptr;
}

class DockerArchive {
 public:
  explicit DockerArchive(ArchiveFile archive)
      : archive_(std::move(archive)), store_(std::make_unique<ViewStore>(archive_.path())) {}

  Result<std::unique_ptr<Store>> run() {
    const auto images = document("manifest.json");
    if (!images) return Failure(images.error());
    if (!images->IsArray() || images->Size() > kMostListed)
      return broken("its manifest.json has no list of images");
    const json::Value& list = *images;
    for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
      if (auto added = add_image(list[i]); !added) return Failure(added.error());
    }
    store_->add(std::string(kLayoutFile), std::string(kLayoutVersion));
    store_->add(std::string(kLayoutIndex), layout_index(entries_));
    return std::move(store_);
  }

 private:
  Failure broken(const std::string& why) const {
    return unusable_store(archive_.path(), why, "Name a file that `docker save` made.");
  }

  Result<std::string> text(std::string_view name) const {
    const auto part = archive_.find(name);
    if (!part) return broken("it has no \"" + std::string(name) + "\"");
    if (part->size > kMostDocument) return broken("\"" + std::string(name) + "\" is too large");
    return bytes_of(*part, archive_.path() / name);
  }
  Result<json::Document> document(std::string_view name) const {
    const auto bytes = text(name);
    if (!bytes) return Failure(bytes.error());
    auto parsed = json::parse(*bytes);
    if (!parsed) return broken("\"" + std::string(name) + "\" is no JSON");
    return std::move(*parsed);
  }

  Result<void> add_image(const json::Value& image) {
    const std::string config_name(json::text_of(image, "Config"));
    const json::Value* layers = list_of(image, "Layers");
    if (config_name.empty() || layers == nullptr) return broken("an image has no config or layers");
    const auto config = text(config_name);
    if (!config) return Failure(config.error());
    config_bytes_ += config->size();
    if (config_bytes_ > kMostConfigs) return broken("its configs have more than 64 MiB");
    const auto parsed = json::parse(*config);
    const json::Value* root = parsed ? json::find(*parsed, "rootfs") : nullptr;
    const json::Value* diffs = root == nullptr ? nullptr : list_of(*root, "diff_ids");
    if (diffs == nullptr || diffs->Size() != layers->Size())
      return broken("the config \"" + config_name + "\" does not go with the layers");
    std::string described;
    for (rapidjson::SizeType i = 0; i < layers->Size(); ++i) {
      const auto layer = add_layer((*layers)[i], (*diffs)[i]);
      if (!layer) return Failure(layer.error());
      described += (described.empty() ? "" : ",") + *layer;
    }
    const std::string hex = add_blob(*config);
    add_manifest(image, R"({"schemaVersion":2,"mediaType":)" + json::quote(kImageManifest) +
                            R"(,"config":)" + layout_entry(kImageConfig, hex, config->size()) +
                            R"(,"layers":[)" + described + "]}");
    return {};
  }

  std::string add_blob(const std::string& bytes) {
    const std::string hex = sha256_of(bytes);
    store_->add(std::string(kLayoutBlobs) + hex, bytes);
    return hex;
  }

  // As `docker images` shows it; some writers put Docker's own host and namespace before it.
  static std::string_view familiar(std::string_view name) {
    for (const std::string_view implied : {"docker.io/library/", "docker.io/"}) {
      if (name.starts_with(implied)) return name.substr(implied.size());
    }
    return name;
  }

  // Under each of its names, or without one.
  void add_manifest(const json::Value& image, const std::string& manifest) {
    const std::string hex = add_blob(manifest);
    const auto list = [&](std::string_view name) {
      entries_ +=
          (entries_.empty() ? "" : ",") + layout_entry(kImageManifest, hex, manifest.size(), name);
    };
    const json::Value* names = list_of(image, "RepoTags");
    if (names == nullptr || names->Empty()) return list({});
    for (const json::Value& name : names->GetArray()) {
      if (name.IsString()) list(familiar(json::view(name)));
    }
  }

  // Gives its descriptor.
  Result<std::string> add_layer(const json::Value& name, const json::Value& diff) {
    const auto part = name.IsString() ? archive_.find(json::view(name)) : std::nullopt;
    if (!part) return broken("a layer is not in it");
    const auto packing = packing_of(*part);
    if (!packing) return Failure(packing.error());
    const auto hex = digest_of_layer(json::view(name), diff, *part, !packing->empty());
    if (!hex) return Failure(hex.error());
    store_->add(std::string(kLayoutBlobs) + *hex, *part);
    return layout_entry(std::string(kImageLayer) + *packing, *hex, part->size);
  }

  // What the media type says of it, by its first bytes.
  Result<std::string> packing_of(const FilePart& part) const {
    constexpr std::uint64_t kMagic = 4;
    const auto magic =
        bytes_of({part.file, part.offset, std::min(part.size, kMagic)}, archive_.path());
    if (!magic) return Failure(magic.error());
    if (magic->substr(0, 2) == "\x1f\x8b") return std::string("+gzip");
    if (*magic == "\x28\xb5\x2f\xfd") return std::string("+zstd");
    return std::string();
  }

  // Stated by its name, or for a layer that is not packed by the config; else it is computed.
  Result<std::string> digest_of_layer(std::string_view name, const json::Value& diff,
                                      const FilePart& part, bool is_packed) {
    constexpr std::string_view kPrefix = "sha256:";
    if (name.substr(0, kLayoutBlobs.size()) == kLayoutBlobs &&
        is_sha256(name.substr(kLayoutBlobs.size()))) {
      return std::string(name.substr(kLayoutBlobs.size()));
    }
    if (is_packed) return computed(part);
    const std::string_view stated = diff.IsString() ? json::view(diff) : std::string_view();
    if (stated.substr(0, kPrefix.size()) != kPrefix || !is_sha256(stated.substr(kPrefix.size())))
      return broken("a config states no sha256 of a layer");
    return std::string(stated.substr(kPrefix.size()));
  }

  // Many names may be links to one layer: it is read once.
  Result<std::string> computed(const FilePart& part) {
    const auto known = computed_.find({part.offset, part.size});
    if (known != computed_.end()) return known->second;
    constexpr std::uint64_t kPiece = std::uint64_t{1024} * 1024;
    Sha256 sum;
    for (std::uint64_t at = 0; at < part.size; at += kPiece) {
      const auto piece = bytes_of({part.file, part.offset + at, std::min(kPiece, part.size - at)},
                                  archive_.path());
      if (!piece) return Failure(piece.error());
      sum.update(*piece);
    }
    return computed_[{part.offset, part.size}] = sum.hex();
  }

  ArchiveFile archive_;
  std::unique_ptr<ViewStore> store_;
  std::string entries_;  // of the index
  std::uint64_t config_bytes_ = 0;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> computed_;  // by offset and size
};

}  // namespace

Result<std::unique_ptr<Store>> open_docker_archive(const std::filesystem::path& path) {
  auto archive = ArchiveFile::open(path);
  if (!archive) return Failure(archive.error());
  return DockerArchive(*std::move(archive)).run();
}

}  // namespace dockerhub::cli
