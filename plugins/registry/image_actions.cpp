// list_platforms, get_config, inspect.
#include <optional>
#include <string>
#include <utility>

#include "actions.hpp"
#include "images.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

sdk::Json platform_entry(const Descriptor& image) {
  const Platform platform = image.platform.value_or(Platform());
  return {{"os", text_or_null(platform.os)},
          {"architecture", text_or_null(platform.architecture)},
          {"variant", text_or_null(platform.variant)},
          {"digest", image.digest},
          {"size", image.size},
          {"mediaType", image.media_type}};
}

Platform platform_of_config(std::string_view json) {
  Platform platform;
  if (const auto config = parse_json(json)) {
    platform.os = text_member(*config, "os");
    platform.architecture = text_member(*config, "architecture");
    platform.variant = text_member(*config, "variant");
  }
  return platform;
}

sdk::Reply<Platform> wanted_platform(sdk::Context& ctx) {
  auto platform = Platform::parse(ctx.params().text("platform"));
  if (!platform) return fail(ctx, platform.error());
  return *std::move(platform);
}

using Config = std::optional<std::string>;  // JSON

sdk::Reply<Config> config_text(Client& client, const Manifest& image) {
  if (!image.config) return Config();
  auto config = config_of(client, image);
  if (!config) return config.status();
  return Config(std::move(config->bytes));
}

// What a reference stands for, read as far as it was needed.
struct Looked {
  Images images;
  Config config;  // of a single image, which says its platform there alone
};

sdk::Reply<Looked> look_at_image(Client& client, const ReadManifest& read) {
  Looked looked;
  Descriptor image;
  image.media_type = read.manifest.media_type;
  image.digest = read.body.digest;
  image.size = read.body.bytes.size();
  if (read.manifest.config && is_image_config(read.manifest.config->media_type)) {
    auto config = config_text(client, read.manifest);
    if (!config) return config.status();
    looked.config = *std::move(config);
    image.platform = platform_of_config(*looked.config);
  }
  looked.images.images.push_back(std::move(image));
  return looked;
}

sdk::Reply<Looked> look(Client& client, const ReadManifest& read) {
  if (read.manifest.kind == ManifestKind::image) return look_at_image(client, read);
  Looked looked;
  if (read.manifest.kind != ManifestKind::index) return looked;
  auto images = images_of(client, read.manifest);
  if (!images) return images.status();
  looked.images = *std::move(images);
  return looked;
}

sdk::Json platform_list(const Images& images) {
  std::vector<sdk::Json> entries;
  for (const Descriptor& image : images.images) entries.push_back(platform_entry(image));
  return sdk::Json::array(entries);
}

// Of an index: the config of the image for `wanted`.
sdk::Reply<Config> chosen_config(Client& client, const Images& images, const Platform& wanted) {
  const auto chosen = choose_image(client.context(), images, wanted);
  if (!chosen) return chosen.status();
  const auto read = manifest_of_entry(client, *chosen);
  if (!read) return read.status();
  return config_text(client, read->manifest);
}

// nullopt: there is no config.
sdk::Reply<Config> find_config(Client& client, const ReadManifest& read, const Looked& looked,
                               const Platform& wanted) {
  if (read.manifest.kind == ManifestKind::index)
    return chosen_config(client, looked.images, wanted);
  if (looked.config) return looked.config;
  return config_text(client, read.manifest);
}

}  // namespace

sdk::Status list_platforms(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto read = target->client.manifest(target->reference);
  if (!read) return read.status();
  const auto looked = look(target->client, *read);
  if (!looked) return looked.status();
  ctx.annotate("headers", read->headers.shown());
  return ctx.answer({{"platforms", platform_list(looked->images)},
                     {"attestations", looked->images.attestations},
                     {"others", looked->images.others}});
}

sdk::Status get_config(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto wanted = wanted_platform(ctx);
  if (!wanted) return wanted.status();
  const auto read = target->client.manifest(target->reference);
  if (!read) return read.status();
  const auto looked = look(target->client, *read);
  if (!looked) return looked.status();
  const auto config = find_config(target->client, *read, *looked, *wanted);
  if (!config) return config.status();
  if (!*config) {
    ctx.annotate("status_code", kNotFound);
    ctx.annotate("headers", sdk::Json::raw("{}"));
    return ctx.answer({{"error", "the manifest has no config"}});
  }
  ctx.annotate("headers", read->headers.shown());
  return ctx.answer(sdk::Json::raw(**config));
}

sdk::Status inspect(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto wanted = wanted_platform(ctx);
  if (!wanted) return wanted.status();
  const auto read = target->client.manifest(target->reference);
  if (!read) return read.status();
  const auto looked = look(target->client, *read);
  if (!looked) return looked.status();
  Config config;
  if (ctx.params().flag("include_config")) {
    auto found = find_config(target->client, *read, *looked, *wanted);
    if (!found) return found.status();
    config = *std::move(found);
  }
  ctx.annotate("headers", read->headers.shown());
  const ImageName& image = target->client.image();
  const sdk::Json summary = {{"repository", image.repository},
                             {"registry", image.registry},
                             {"reference", target->reference.text()},
                             {"digest", read->body.digest},
                             {"media_type", read->manifest.media_type},
                             {"platforms", platform_list(looked->images)},
                             {"attestations", looked->images.attestations}};
  return ctx.answer(config ? with(summary, {{"config", sdk::Json::raw(*config)}}) : summary);
}

}  // namespace dockerhub::registry
