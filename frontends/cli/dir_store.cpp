#include "dir_store.hpp"

#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dir_names.hpp"
#include "directory_store.hpp"
#include "gathered_entry.hpp"
#include "json.hpp"
#include "layout_texts.hpp"
#include "store_errors.hpp"
#include "store_text.hpp"
#include "view_store.hpp"

namespace dockerhub::cli {
namespace {

constexpr const char* kDirVersionFile = "version";
constexpr std::string_view kDirVersion = "Directory Transport Version: 1.1\n";
constexpr const char* kDirManifest = "manifest.json";
constexpr std::uint64_t kMostManifest = std::uint64_t{4} * 1024 * 1024;

std::string media_type_of(const json::Document& manifest) {
  const std::string_view stated = json::text_of(manifest, "mediaType");
  if (!stated.empty()) return std::string(stated);
  const bool is_index = json::find(manifest, "manifests") != nullptr;
  return is_index ? "application/vnd.oci.image.index.v1+json"
                  : "application/vnd.oci.image.manifest.v1+json";
}

class DirStore final : public Store {
 public:
  DirStore(std::filesystem::path folder, std::unique_ptr<Store> files)
      : folder_(std::move(folder)), files_(std::move(files)) {}

  // nullopt: it is not there.
  Result<std::optional<std::string>> text(const std::string& name);
  Result<void> check_version();

  Result<std::vector<std::string>> list(std::string_view, std::string_view) override {
    return store_failed("list", folder_, ENOTSUP);
  }
  Result<std::unique_ptr<Entry>> open(std::string_view name) override;
  Result<std::unique_ptr<Entry>> create(std::string_view name) override;
  Result<void> remove(std::string_view name) override {
    return store_failed("remove", folder_ / name, ENOTSUP);
  }

 private:
  Failure broken(const std::string& why) const {
    return unusable_store(folder_, why, "Name a folder that `skopeo copy ... dir:DIR` made.");
  }
  Result<std::unique_ptr<Entry>> open_index();
  Result<std::unique_ptr<Entry>> open_blob(const std::string& digits);
  Result<void> mark();
  Result<void> put(const std::string& name, std::string_view bytes) {
    return put_store_text(*files_, name, bytes);
  }
  Result<void> finish(const std::string& index);
  Result<void> name_listed(const std::string& manifest);

  std::filesystem::path folder_;
  std::unique_ptr<Store> files_;
  bool is_marked_ = false;
};

Result<std::optional<std::string>> DirStore::text(const std::string& name) {
  return store_text(*files_, name, kMostManifest);
}

Result<void> DirStore::check_version() {
  constexpr std::string_view kBeginning = "Directory Transport Version: 1.";
  const auto version = text(kDirVersionFile);
  if (!version) return Failure(version.error());
  if (!*version) return broken("it has no file \"version\"");
  if ((*version)->rfind(kBeginning, 0) != 0) return broken("its form is none of version 1");
  return {};
}

Result<std::unique_ptr<Store::Entry>> DirStore::open(std::string_view name) {
  if (name == kLayoutFile) return made_entry(std::string(kOneImageLayout));
  if (name == kLayoutIndex) return open_index();
  if (const auto digits = digits_of(name)) return open_blob(*digits);
  return no_such_entry(folder_ / name);
}

Result<std::unique_ptr<Store::Entry>> DirStore::open_index() {
  const auto manifest = text(kDirManifest);
  if (!manifest) return Failure(manifest.error());
  if (!*manifest) return no_such_entry(folder_ / kDirManifest);
  const auto document = json::parse(**manifest);
  if (!document) return broken("its manifest.json is no JSON");
  return made_entry(layout_index(
      layout_entry(media_type_of(*document), sha256_of(**manifest), (*manifest)->size())));
}

Result<std::unique_ptr<Store::Entry>> DirStore::open_blob(const std::string& digits) {
  constexpr int kNotFound = 404;
  for (const std::string& name : {digits, digits + ".manifest.json"}) {
    auto entry = files_->open(name);
    if (entry || entry.error().status_code != kNotFound) return entry;
  }
  auto manifest = text(kDirManifest);
  if (!manifest) return Failure(manifest.error());
  if (!*manifest || sha256_of(**manifest) != digits) return no_such_entry(folder_ / digits);
  return made_entry(**std::move(manifest));
}

Result<void> DirStore::mark() {
  if (is_marked_) return {};
  const auto present = text(kDirVersionFile);
  if (!present) return Failure(present.error());
  if (!*present) {
    if (auto done = put(kDirVersionFile, kDirVersion); !done) return done;
  }
  is_marked_ = true;
  return {};
}

Result<std::unique_ptr<Store::Entry>> DirStore::create(std::string_view name) {
  // Before anything else: it says whose the folder is.
  if (auto marked = mark(); !marked) return Failure(marked.error());
  if (name == kLayoutFile)
    return std::make_unique<GatheredEntry>([](const std::string&) { return Result<void>(); });
  if (name == kLayoutIndex)
    return std::make_unique<GatheredEntry>(
        [this](const std::string& index) { return finish(index); });
  if (const auto digits = digits_of(name)) return files_->create(*digits);
  return unusable_store(folder_, "blobs in it have sha256 digests",
                        "Name an image layout, oci:DIR, which takes others too.");
}

// The image is what was listed last: its manifest and those that it lists get the names that they have here.
Result<void> DirStore::finish(const std::string& index) {
  const auto document = json::parse(index);
  const json::Value* entries = document ? json::find(*document, "manifests") : nullptr;
  if (entries == nullptr || !entries->IsArray() || entries->Empty())
    return broken("no image was listed");
  const std::string digits = digits_of_digest((*entries)[entries->Size() - 1]);
  const auto manifest = text(digits.empty() ? "none" : digits);
  if (!manifest) return Failure(manifest.error());
  if (!*manifest) return broken("the manifest of the image is missing");
  if (auto named = name_listed(**manifest); !named) return named;
  if (auto done = put(kDirManifest, **manifest); !done) return done;
  return files_->remove(digits);
}

Result<void> DirStore::name_listed(const std::string& manifest) {
  const auto document = json::parse(manifest);
  const json::Value* entries = document ? json::find(*document, "manifests") : nullptr;
  if (entries == nullptr || !entries->IsArray()) return {};
  for (const json::Value& entry : entries->GetArray()) {
    const std::string digits = digits_of_digest(entry);
    if (digits.empty()) continue;
    const auto bytes = text(digits);
    if (!bytes) return Failure(bytes.error());
    if (!*bytes) continue;
    if (auto named = name_listed(**bytes); !named) return named;
    if (auto done = put(digits + ".manifest.json", **bytes); !done) return done;
    if (auto removed = files_->remove(digits); !removed) return removed;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_dir_store(const std::filesystem::path& folder, bool writable) {
  std::error_code ignored;
  // To be written, it is looked at before anything in it is tidied up.
  if (!writable || std::filesystem::exists(folder / kDirVersionFile, ignored)) {
    auto files = open_directory_store(folder, false, kDirVersionFile);
    if (!files) return Failure(files.error());
    auto store = std::make_unique<DirStore>(folder, std::move(*files));
    if (auto checked = store->check_version(); !checked) return Failure(checked.error());
    if (!writable) return store;
  }
  auto files = open_directory_store(folder, true, kDirVersionFile);
  if (!files) return Failure(files.error());
  auto store = std::make_unique<DirStore>(folder, std::move(*files));
  const auto manifest = store->text(kDirManifest);
  if (!manifest) return Failure(manifest.error());
  if (*manifest) {
    return unusable_store(folder, "there is an image in it already",
                          "Name another folder: one of this form has one image.");
  }
  return store;
}

}  // namespace dockerhub::cli
