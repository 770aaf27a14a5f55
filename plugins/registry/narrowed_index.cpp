#include "narrowed_index.hpp"

#include <algorithm>
#include <list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "content_digest.hpp"
#include "hub/composed.hpp"
#include "images.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

Images images_in(const Manifest& index) {
  Images images;
  for (const Descriptor& entry : index.entries) {
    if (!entry.is_attestation) images.images.push_back(entry);
  }
  return images;
}

using Digests = std::set<std::string>;

// Of the images for these platforms.
sdk::Reply<Digests> wanted_images(sdk::Context& ctx, const Manifest& index,
                                  const std::list<Platform>& platforms) {
  const Images images = images_in(index);
  Digests wanted;
  for (const Platform& platform : platforms) {
    const auto chosen = choose_image(ctx, images, platform);
    if (!chosen) return chosen.status();
    wanted.insert(chosen->digest);
  }
  return wanted;
}

bool is_kept(const Descriptor& entry, const Digests& wanted) {
  return wanted.count(entry.is_attestation ? entry.about : entry.digest) > 0;
}

void annotate_index(rapidjson::Document& index, std::string_view key, const std::string& text) {
  auto& allocator = index.GetAllocator();
  const bool has_some = index.HasMember("annotations") && index["annotations"].IsObject();
  if (!has_some) {
    index.RemoveMember("annotations");
    index.AddMember("annotations", sdk::Value(rapidjson::kObjectType), allocator);
  }
  sdk::Value& object = index["annotations"];
  const sdk::Value name(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  object.RemoveMember(name);
  object.AddMember(sdk::Value(name, allocator), sdk::Value(text.c_str(), allocator), allocator);
}

}  // namespace

std::string platform_list(const std::list<Platform>& platforms) {
  std::set<std::string> names;
  for (const Platform& platform : platforms) names.insert(platform.normalised().text());
  std::string list;
  for (const std::string& name : names) list.append(list.empty() ? "" : ",").append(name);
  return list;
}

bool is_narrow(const Manifest& manifest, const std::list<Platform>& platforms) {
  if (manifest.kind != ManifestKind::index) return true;
  const Images images = images_in(manifest);
  std::list<Platform> offered;
  for (const Descriptor& image : images.images)
    offered.push_back(image.platform.value_or(Platform()));
  Digests wanted;
  for (const Platform& platform : platforms) {
    const auto chosen = choose_platform(offered, platform);
    if (!chosen) return false;
    wanted.insert(images.images[*chosen].digest);
  }
  return std::all_of(manifest.entries.begin(), manifest.entries.end(),
                     [&](const Descriptor& entry) { return is_kept(entry, wanted); });
}

sdk::Reply<TreeManifest> narrowed_index(sdk::Context& ctx, TreeManifest root,
                                        const std::list<Platform>& platforms) {
  if (root.manifest.kind != ManifestKind::index) return root;
  const auto wanted = wanted_images(ctx, root.manifest, platforms);
  if (!wanted) return wanted.status();
  auto document = parse_json(root.bytes);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries == nullptr || entries->Size() != root.manifest.entries.size()) return root;
  std::vector<sdk::Json> kept;
  for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
    if (is_kept(root.manifest.entries[i], *wanted)) kept.emplace_back((*entries)[i]);
  }
  if (kept.size() == entries->Size()) return root;
  const auto list = sdk::parse_json(sdk::Json::array(kept).text());
  (*document)["manifests"].CopyFrom(list.value(), document->GetAllocator());
  // So that a later look tells without reading it whether the source and the wish are still the same.
  annotate_index(*document, kNarrowedFrom, root.digest.text());
  annotate_index(*document, kNarrowedTo, platform_list(platforms));
  std::string bytes = sdk::Json(static_cast<const sdk::Value&>(*document)).text();
  auto digest = digest_of(ctx, bytes);
  if (!digest) return digest.status();
  auto manifest = parse_manifest(bytes, root.manifest.media_type);
  if (!manifest) return fail(ctx, manifest.error());
  ctx.warn(hub::composed(
      "The index was made anew with {} of its {} entries: it has the digest {}, and "
      "what was signed is the one before, {}.",
      {kept.size(), root.manifest.entries.size(), digest->text(), root.digest.text()}));
  return TreeManifest{*std::move(digest), *std::move(manifest), std::move(bytes)};
}

}  // namespace dockerhub::registry
