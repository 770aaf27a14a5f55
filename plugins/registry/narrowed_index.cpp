#include "narrowed_index.hpp"

#include <set>
#include <string>
#include <utility>

#include "content_digest.hpp"
#include "images.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

// Digests of the images for these platforms.
sdk::Reply<std::set<std::string>> wanted_images(sdk::Context& ctx, const Manifest& index,
                                                const std::vector<Platform>& platforms) {
  Images images;
  for (const Descriptor& entry : index.entries) {
    if (!entry.is_attestation) images.images.push_back(entry);
  }
  std::set<std::string> wanted;
  for (const Platform& platform : platforms) {
    const auto chosen = choose_image(ctx, images, platform);
    if (!chosen) return chosen.status();
    wanted.insert(chosen->digest);
  }
  return wanted;
}

// So that a later look tells without reading it whether the source is still the same.
void name_source(rapidjson::Document& index, const DigestName& source) {
  auto& allocator = index.GetAllocator();
  const bool has_some = index.HasMember("annotations") && index["annotations"].IsObject();
  if (!has_some) {
    index.RemoveMember("annotations");
    index.AddMember("annotations", sdk::Value(rapidjson::kObjectType), allocator);
  }
  sdk::Value& object = index["annotations"];
  const sdk::Value name(kNarrowedFrom.data(),
                        static_cast<rapidjson::SizeType>(kNarrowedFrom.size()));
  object.RemoveMember(name);
  object.AddMember(sdk::Value(name, allocator), sdk::Value(source.text().c_str(), allocator),
                   allocator);
}

}  // namespace

sdk::Reply<TreeManifest> narrowed_index(sdk::Context& ctx, TreeManifest root,
                                        const std::vector<Platform>& platforms) {
  if (root.manifest.kind != ManifestKind::index) return root;
  const auto wanted = wanted_images(ctx, root.manifest, platforms);
  if (!wanted) return wanted.status();
  auto document = parse_json(root.bytes);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries == nullptr || entries->Size() != root.manifest.entries.size()) return root;
  std::vector<sdk::Json> kept;
  for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
    const Descriptor& entry = root.manifest.entries[i];
    const bool is_kept = wanted->count(entry.is_attestation ? entry.about : entry.digest) > 0;
    if (is_kept) kept.emplace_back((*entries)[i]);
  }
  if (kept.size() == entries->Size()) return root;
  const std::string list = sdk::Json::array(kept).text();
  rapidjson::Document made;
  made.Parse(list.data(), list.size());
  (*document)["manifests"].CopyFrom(made, document->GetAllocator());
  name_source(*document, root.digest);
  std::string bytes = sdk::Json(static_cast<const sdk::Value&>(*document)).text();
  auto digest = digest_of(ctx, bytes);
  if (!digest) return digest.status();
  auto manifest = parse_manifest(bytes, root.manifest.media_type);
  if (!manifest) return fail(ctx, manifest.error());
  ctx.warn("The index was made anew with " + std::to_string(kept.size()) + " of its " +
           std::to_string(root.manifest.entries.size()) + " entries: it has the digest " +
           digest->text() + ", and what was signed is the one before, " + root.digest.text() + ".");
  return TreeManifest{*std::move(digest), *std::move(manifest), std::move(bytes)};
}

}  // namespace dockerhub::registry
