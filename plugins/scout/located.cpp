#include "located.hpp"

#include <array>

#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"
#include "json_parts.hpp"
#include "registry_call.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::string_view kReferenceType = "vnd.docker.reference.type";
constexpr std::string_view kReferenceDigest = "vnd.docker.reference.digest";

struct Platform {
  std::string os, architecture, variant;

  std::string text() const {
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
  }
};

// The variant that an architecture has when none is stated (OCI image-spec, "platform"; Docker's clients).
std::string usual_variant(std::string_view architecture) {
  if (architecture == "arm64") return "v8";
  if (architecture == "arm") return "v7";
  return architecture == "amd64" ? "v1" : "";
}

Platform parse_platform(std::string_view text) {
  std::array<std::string, 3> parts;
  for (std::string& part : parts) {
    const std::size_t slash = text.find('/');
    part = hub::folded(text.substr(0, slash));
    text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
  }
  return {parts[0], parts[1], parts[2]};
}

Platform platform_of(const sdk::Value& entry) {
  const sdk::Value* value = hub::member(entry, "platform");
  if (value == nullptr) return {};
  return {hub::folded(hub::text_member(*value, "os")),
          hub::folded(hub::text_member(*value, "architecture")),
          hub::folded(hub::text_member(*value, "variant"))};
}

bool serves(const Platform& offered, const Platform& wanted) {
  const auto variant = [](const Platform& one) {
    return one.variant.empty() ? usual_variant(one.architecture) : one.variant;
  };
  return offered.os == wanted.os && offered.architecture == wanted.architecture &&
         variant(offered) == variant(wanted);
}

std::string_view annotation(const sdk::Value& entry, std::string_view name) {
  const sdk::Value* annotations = hub::member(entry, "annotations");
  return annotations == nullptr ? std::string_view() : hub::text_member(*annotations, name);
}

std::vector<std::string> attestations_of(const sdk::Value& entries, std::string_view digest) {
  std::vector<std::string> found;
  for (const sdk::Value& entry : entries.GetArray()) {
    if (annotation(entry, kReferenceType) == "attestation-manifest" &&
        annotation(entry, kReferenceDigest) == digest) {
      found.emplace_back(hub::text_member(entry, "digest"));
    }
  }
  return found;
}

sdk::Status no_platform(sdk::Context& ctx, const Image& image, const sdk::Value& manifest) {
  const std::string message =
      image.text() + " has no image for " + std::string(ctx.params().text("platform"));
  const std::string there = platforms_of(manifest);
  const std::string hint = there.empty() ? "Name the manifest by its digest."
                                         : "Choose one of 'platform': " + there + ".";
  constexpr int kNotFound = 404;
  sdk::Failure failure;
  failure.type = "ParameterError";
  failure.message = message;
  failure.hint = hint;
  failure.parameter = "platform";
  failure.status_code = kNotFound;
  return ctx.fail(failure);
}

Located as_given(sdk::Context& ctx, const Image& image) {
  ctx.warn("The registry could not be asked: " + image.reference +
           " is taken for the image of one platform.");
  Located located;
  located.image = image;
  located.digest = image.reference;
  located.is_read = false;
  return located;
}

DefaultRegistry default_registry(sdk::Context& ctx) {
  DefaultRegistry registry;
  const auto host = ctx.host().text_setting("kernel.registry.host");
  const auto is_dockers = ctx.host().flag_setting("kernel.registry.docker_hub");
  if (host) registry.host = *host;
  if (is_dockers) registry.is_dockers = *is_dockers;
  return registry;
}

}  // namespace

sdk::Json Located::json() const {
  return {{"repository", image.repository},
          {"reference", image.reference},
          {"digest", digest},
          {"index_digest", text_or_null(index_digest)},
          {"platform", text_or_null(platform)}};
}

std::optional<Located> choose(const sdk::Value& manifest, std::string_view digest,
                              std::string_view platform) {
  Located located;
  const sdk::Value* entries = hub::array_member(manifest, "manifests");
  if (entries == nullptr) {
    located.digest = digest;
    return located;
  }
  const Platform wanted = parse_platform(platform);
  for (const sdk::Value& entry : entries->GetArray()) {
    const Platform offered = platform_of(entry);
    if (!annotation(entry, kReferenceType).empty() || !serves(offered, wanted)) continue;
    located.digest = hub::text_member(entry, "digest");
    located.index_digest = digest;
    located.platform = offered.text();
    located.attestation_manifests = attestations_of(*entries, located.digest);
    return located;
  }
  return std::nullopt;
}

std::string platforms_of(const sdk::Value& manifest) {
  constexpr std::size_t kMostNamed = 30;
  std::string text;
  std::size_t named = 0;
  const sdk::Value* entries = hub::array_member(manifest, "manifests");
  if (entries == nullptr) return text;
  for (const sdk::Value& entry : entries->GetArray()) {
    const Platform platform = platform_of(entry);
    if (platform.os.empty() || platform.os == "unknown") continue;
    if (named++ == kMostNamed) return text + ", ...";
    text += (text.empty() ? "" : ", ") + platform.text();
  }
  return text;
}

sdk::Reply<Located> locate(sdk::Context& ctx, const Image& image) {
  RegistryAnswer manifest;
  const sdk::Status read = ask_registry(
      ctx, "get_manifest", {{"repo", image.in_registry}, {"reference", image.reference}}, manifest);
  if (!read && image.has_digest() && !ends_call(read) && !is_callers_mistake(manifest))
    return as_given(ctx, image);
  if (!read) return read;
  auto located = choose(manifest.body, manifest.digest, ctx.params().text("platform"));
  if (!located) return no_platform(ctx, image, manifest.body);
  located->image = image;
  return *std::move(located);
}

sdk::Reply<Image> image_parameter(sdk::Context& ctx, std::string_view repo,
                                  std::string_view reference) {
  const ImageWords words{repo, reference, ctx.params().text("org", {})};
  if (contradicts(words)) {
    return hub::wrong_parameter(ctx, "repo", "'repo' names a tag or digest beside 'reference'",
                                "Say what is meant once: in 'repo' or in 'reference'.");
  }
  return image_of(words, default_registry(ctx));
}

sdk::Reply<Located> located_parameter(sdk::Context& ctx) {
  const auto image =
      image_parameter(ctx, ctx.params().text("repo"), ctx.params().text("reference", {}));
  if (!image) return image.status();
  return locate(ctx, *image);
}

}  // namespace dockerhub::scout
