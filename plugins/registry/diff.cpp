// diff: how two images differ by platforms, configs and layers; files are not looked at.
#include <algorithm>
#include <list>
#include <string>
#include <string_view>
#include <utility>

#include "actions.hpp"
#include "hub/composed.hpp"
#include "image_diff.hpp"
#include "images.hpp"
#include "json_text.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// One image for one platform.
struct PlatformImage {
  Platform platform;  // empty where it is not stated
  Descriptor descriptor;

  // The same for platforms that are spelled in two ways.
  std::string key() const { return platform.normalised().text(); }
};

struct Side {
  Client client;
  Reference reference;
  std::string digest;
  std::list<PlatformImage> images;
};

// A single image states its platform in its config alone.
sdk::Reply<Platform> platform_of(Client& client, const Manifest& image) {
  if (!image.config || !is_image_config(image.config->media_type)) return Platform();
  const auto config = config_of(client, image);
  if (!config) return config.status();
  const auto document = parse_json(config->bytes);
  Platform platform;
  platform.os = text_member(*document, "os");
  platform.architecture = text_member(*document, "architecture");
  platform.variant = text_member(*document, "variant");
  return platform;
}

sdk::Reply<Side> look_at(Client client, const Reference& reference) {
  const auto read = client.manifest(reference);
  if (!read) return read.status();
  Side side{std::move(client), reference, read->body.digest, {}};
  if (read->manifest.kind == ManifestKind::index) {
    const auto images = images_of(side.client, read->manifest);
    if (!images) return images.status();
    for (const Descriptor& image : images->images)
      side.images.push_back({image.platform.value_or(Platform()), image});
    return side;
  }
  const auto platform = platform_of(side.client, read->manifest);
  if (!platform) return platform.status();
  Descriptor image;
  image.media_type = read->manifest.media_type;
  image.digest = read->body.digest;
  image.size = read->body.bytes.size();
  side.images.push_back({*platform, std::move(image)});
  return side;
}

const PlatformImage* find(const Side& side, const PlatformImage& like) {
  const auto found =
      std::find_if(side.images.begin(), side.images.end(),
                   [&](const PlatformImage& one) { return one.key() == like.key(); });
  return found == side.images.end() ? nullptr : &*found;
}

sdk::Json side_json(const Side& side) {
  const ImageName& image = side.client.image();
  return {{"registry", image.registry},
          {"repository", image.repository},
          {"reference", side.reference.text()},
          {"digest", side.digest}};
}

std::uint64_t bytes_of(const Manifest& image) {
  std::uint64_t bytes = 0;
  for (const Descriptor& layer : image.layers) bytes += layer.size.value_or(0);
  return bytes;
}

// The configs as values; of artifacts, which have none of an image, empty ones.
sdk::Reply<sdk::Document> config_document(Client& client, const Manifest& image) {
  if (!image.config || !is_image_config(image.config->media_type))
    return sdk::Document(rapidjson::kObjectType);
  const auto config = config_of(client, image);
  if (!config) return config.status();
  return *parse_json(config->bytes);
}

sdk::Status tell_difference(Side& from, Side& to, const PlatformImage& one,
                            const PlatformImage& other) {
  const auto old_image = manifest_of_entry(from.client, one.descriptor);
  if (!old_image) return old_image.status();
  const auto new_image = manifest_of_entry(to.client, other.descriptor);
  if (!new_image) return new_image.status();
  const auto old_config = config_document(from.client, old_image->manifest);
  if (!old_config) return old_config.status();
  const auto new_config = config_document(to.client, new_image->manifest);
  if (!new_config) return new_config.status();
  return from.client.context().item(
      {{"platform", one.platform.text()},
       {"change", "changed"},
       {"from", one.descriptor.digest},
       {"to", other.descriptor.digest},
       {"bytes_from", bytes_of(old_image->manifest)},
       {"bytes_to", bytes_of(new_image->manifest)},
       {"config", config_changes(*old_config, *new_config)},
       {"layers", layer_changes(old_image->manifest.layers, new_image->manifest.layers)}});
}

sdk::Status tell_platform(sdk::Context& ctx, const char* change, const PlatformImage* from,
                          const PlatformImage* to) {
  const Platform& platform = (from == nullptr ? to : from)->platform;
  return ctx.item(
      {{"platform", platform.text()},
       {"change", change},
       {"from", text_or_null(from == nullptr ? std::string_view() : from->descriptor.digest)},
       {"to", text_or_null(to == nullptr ? std::string_view() : to->descriptor.digest)}});
}

sdk::Status compare(sdk::Context& ctx, Side& from, Side& to) {
  for (const PlatformImage& one : from.images) {
    const PlatformImage* other = find(to, one);
    const bool is_same = other != nullptr && other->descriptor.digest == one.descriptor.digest;
    const sdk::Status told = other == nullptr ? tell_platform(ctx, "removed", &one, nullptr)
                             : is_same        ? tell_platform(ctx, "same", &one, other)
                                              : tell_difference(from, to, one, *other);
    if (!told) return told;
  }
  for (const PlatformImage& other : to.images) {
    if (find(from, other) != nullptr) continue;
    const sdk::Status told = tell_platform(ctx, "added", nullptr, &other);
    if (!told) return told;
  }
  return {};
}

// A name, or ":tag" or "@digest" of the same repository.
sdk::Reply<Target> other_image(sdk::Context& ctx, const Client& client) {
  std::string text(ctx.params().text("to"));
  const ImageName& image = client.image();
  if (text.front() == ':' || text.front() == '@')
    text = hub::composed("{}/{}{}", {image.registry, image.repository, text});
  auto other = named_target(ctx, "to", text);
  if (!other) return other.status();
  return Target{client.beside(other->client.image()), std::move(other->reference)};
}

}  // namespace

sdk::Status diff(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  auto other = other_image(ctx, target->client);
  if (!other) return other.status();
  auto from = look_at(std::move(target->client), target->reference);
  if (!from) return from.status();
  auto to = look_at(std::move(other->client), other->reference);
  if (!to) return to.status();
  const sdk::Status told = compare(ctx, *from, *to);
  if (!told && told.value() != DH_E_RECEIVER) return told;
  return ctx.answer({{"from", side_json(*from)},
                     {"to", side_json(*to)},
                     {"same", from->digest == to->digest},
                     {"images", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
