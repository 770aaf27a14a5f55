#include "target.hpp"

#include <optional>
#include <utility>

#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

Checked<ImageName> image_of(sdk::Context& ctx) {
  return ImageName::parse(ctx.params().text("repo"), configured_registry(ctx.host()));
}

}  // namespace

sdk::Reply<Client> repository_client(sdk::Context& ctx) {
  auto image = image_of(ctx);
  if (!image) return fail(ctx, image.error());
  if (image->embedded) {
    return refuse_parameter(
        ctx, "repo",
        hub::composed("names {} beside the repository", {quoted(image->embedded->text())}),
        "This action takes the name of the repository alone.");
  }
  return Client(ctx, *std::move(image));
}

sdk::Reply<DigestName> digest_parameter(sdk::Context& ctx) {
  auto digest = DigestName::of_parameter("digest", ctx.params().text("digest"));
  if (!digest) return fail(ctx, digest.error());
  return *std::move(digest);
}

sdk::Reply<std::string> from_repository(const Client& client) {
  sdk::Context& ctx = client.context();
  // Without a host the registry of `repo` is meant.
  ConfiguredRegistry at;
  at.host = client.image().registry;
  at.is_dockers = client.image().is_dockers;
  auto name = ImageName::parse(ctx.params().text("from_repo"), at);
  if (!name) return fail_as(ctx, "from_repo", name.error());
  if (name->registry == client.image().registry && !name->embedded) return name->repository;
  return refuse_parameter(
      ctx, "from_repo", hub::composed("is no repository of {}", {client.image().registry}),
      "Blobs are mounted within one registry; hub_registry copy takes images to another one.");
}

sdk::Reply<Target> reference_target(sdk::Context& ctx) {
  auto image = image_of(ctx);
  if (!image) return fail(ctx, image.error());
  std::optional<std::string_view> given;
  if (ctx.params().has("reference")) given = ctx.params().text("reference");
  auto reference = one_reference(*image, given);
  if (!reference) return fail(ctx, reference.error());
  return Target{Client(ctx, *std::move(image)), *std::move(reference)};
}

sdk::Reply<Target> named_target(sdk::Context& ctx, const char* parameter, std::string_view text) {
  auto image = ImageName::parse(text, configured_registry(ctx.host()));
  if (!image) return fail_as(ctx, parameter, image.error());
  auto reference = one_reference(*image, std::nullopt);
  if (!reference) return fail_as(ctx, parameter, reference.error());
  return Target{Client(ctx, *std::move(image)), *std::move(reference)};
}

void annotate(sdk::Context& ctx, int status_code, const Headers& headers) {
  ctx.annotate("status_code", status_code);
  ctx.annotate("headers", headers.shown());
}

}  // namespace dockerhub::registry
