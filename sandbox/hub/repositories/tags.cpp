#include <algorithm>
#include <utility>

#include "base/json.hpp"
#include "hub/repositories/handlers.hpp"
#include "hub/repositories/visibility.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

std::uint64_t layers_size(const Manifest& manifest) {
  std::uint64_t sum = 0;
  for (const Descriptor& blob : manifest.blobs) sum += static_cast<std::uint64_t>(blob.size);
  return sum;
}

// The platform of an image that no index describes, from its configuration.
Platform platform_of(const Repository& repository, const Manifest& manifest) {
  if (manifest.blobs.empty()) return {};
  const auto config = repository.blobs.find(manifest.blobs.front().digest);
  if (config == repository.blobs.end()) return {};
  const Result<json::Document> document = json::parse(config->second.view());
  if (!document) return {};
  return {std::string(json::text_of(*document, "os")),
          std::string(json::text_of(*document, "architecture")),
          std::string(json::text_of(*document, "variant"))};
}

JsonText image(const Manifest& manifest, const Platform& platform, UnixTime pushed) {
  std::vector<JsonText> layers;
  for (std::size_t i = 1; i < manifest.blobs.size(); ++i) {
    layers.push_back(JsonText::object({{"digest", manifest.blobs[i].digest},
                                       {"size", manifest.blobs[i].size},
                                       {"instruction", "COPY / /"}}));
  }
  return JsonText::object(
      {{"architecture", platform.architecture},
       {"features", ""},
       {"variant", platform.variant.empty() ? JsonText(nullptr) : JsonText(platform.variant)},
       {"digest", manifest.digest},
       {"layers", JsonText::array(layers)},
       {"os", platform.os},
       {"os_features", ""},
       {"os_version", nullptr},
       {"size", layers_size(manifest)},
       {"status", "active"},
       {"last_pulled", nullptr},
       {"last_pushed", rfc3339(pushed)}});
}

struct Images {
  std::vector<JsonText> list;
  std::uint64_t size = 0;
};

// Also the attestations of an index, as platform unknown/unknown: the live service lists them too.
Images images_of(const Repository& repository, const Tag& tag) {
  Images images;
  const Manifest* manifest = repository.manifest(tag.digest);
  if (manifest == nullptr) return images;
  if (!manifest->is_index()) {
    images.size = layers_size(*manifest);
    images.list.push_back(image(*manifest, platform_of(repository, *manifest), tag.pushed));
    return images;
  }
  for (const Descriptor& child : manifest->children) {
    const Manifest* part = repository.manifest(child.digest);
    if (part == nullptr) continue;
    images.size += layers_size(*part);
    images.list.push_back(image(*part, child.platform.value_or(Platform{}), tag.pushed));
  }
  return images;
}

JsonText images_json(const HubCall& call, const Images& images) {
  if (!call.world.settings.drawn_shapes) return JsonText::array(images.list);
  return images.list.empty() ? JsonText(nullptr) : images.list.front();
}

JsonText tag_json(const HubCall& call, const Repository& repository, const std::string& name,
                  const Tag& tag) {
  const Manifest* manifest = repository.manifest(tag.digest);
  const Account* owner = call.world.accounts.find(namespace_of(repository.name));
  const Images images = images_of(repository, tag);
  std::vector<JsonText::Member> members = {
      {"id", tag.id},
      {"name", name},
      {"images", images_json(call, images)},
      {"creator", 1},
      {"last_updated", rfc3339(tag.pushed)},
      {"last_updater", 1},
      {"last_updater_username", owner == nullptr ? "" : owner->name},
      {"repository", repository.id},
      {"full_size", images.size},
      {"v2", true},
      {"status", "active"},
      {"tag_last_pulled", tag.pulled ? JsonText(rfc3339(*tag.pulled)) : JsonText(nullptr)},
      {"tag_last_pushed", rfc3339(tag.pushed)}};
  if (call.world.settings.drawn_shapes) return JsonText::object(members);
  // What the document does not have and the service tells.
  members.push_back({"tag_status", "active"});
  members.push_back({"media_type", manifest == nullptr ? "" : manifest->media_type});
  members.push_back({"content_type", "image"});
  members.push_back({"digest", tag.digest});
  return JsonText::object(members);
}

}  // namespace

Answer list_repository_tags(HubCall& call) {
  const Repository* repository = seen_repository(call, Right::read_tags);
  if (repository == nullptr) return no_repository();
  std::vector<const std::pair<const std::string, Tag>*> list;
  for (const auto& entry : repository->tags) list.push_back(&entry);
  // The newest first, as the service does.
  std::stable_sort(list.begin(), list.end(), [](const auto* one, const auto* other) {
    return one->second.id > other->second.id;
  });
  return hub_page(call, list.size(), [&](std::size_t index) {
    return tag_json(call, *repository, list[index]->first, list[index]->second);
  });
}

Answer check_repository_tags(HubCall& call) {
  const Repository* repository = seen_repository(call, Right::read_tags);
  if (repository == nullptr || repository->tags.empty()) return hub_error(404, "object not found");
  return empty_answer(200);
}

Answer get_repository_tag(HubCall& call) {
  const Repository* repository = seen_repository(call, Right::read_tags);
  if (repository == nullptr) return no_repository();
  const auto tag = repository->tags.find(call.value("tag"));
  if (tag == repository->tags.end())
    return hub_error(404, "tag '" + visible(call.value("tag")) + "' not found");
  return json_answer(200, tag_json(call, *repository, tag->first, tag->second));
}

Answer delete_repository_tag(HubCall& call) {
  if (auto refusal = refuse_right(call, Right::remove_tags)) return *std::move(refusal);
  Repository& repository = *seen_repository(call, Right::read_tags);
  const std::string& name = call.value("tag");
  const auto tag = repository.tags.find(name);
  if (tag == repository.tags.end()) return no_repository();
  if (repository.keeps(name)) return hub_error(403, "the tag is immutable");
  const std::string digest = tag->second.digest;
  repository.tags.erase(tag);
  call.note(call.value("namespace"), "repo.tag.delete", repository.name,
            {{"tag", name}, {"digest", digest}});
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
