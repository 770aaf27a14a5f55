#include "image_facts.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "attached.hpp"
#include "content.hpp"
#include "documents.hpp"
#include "hub/members.hpp"
#include "registry_call.hpp"
#include "utc_time.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::size_t kMostBases = 8;

sdk::Status add_content(KeptContents& kept, sdk::Context& ctx, const Located& located,
                        ImageFacts& facts) {
  auto content = content_of(kept, ctx, located, {});
  if (content && content->is_conclusive) facts.content = *std::move(content);
  return content ? sdk::Status() : content.status();
}

sdk::Status add_user(sdk::Context& ctx, const Located& located, ImageFacts& facts) {
  RegistryAnswer config;
  const sdk::Status read =
      ask_registry(ctx, "get_config",
                   {{"repo", located.image.in_registry}, {"reference", located.digest}}, config);
  if (!read || !config.body.IsObject()) return read;
  const sdk::Value* own = hub::member(config.body, "config");
  // Of what is no image there is nothing to run: {"error": ...} in place of a config, or one of another kind.
  if (own == nullptr && hub::member(config.body, "rootfs") == nullptr) return {};
  facts.user = own == nullptr ? std::string() : std::string(hub::text_member(*own, "User"));
  return {};
}

// BuildKit leaves out the host of Docker's registry alone, whichever is the configured one.
std::string base_repository(const Image& image) {
  const bool has_host = image.in_registry != image.repository;
  return has_host ? image.in_registry : "docker.io/" + image.in_registry;
}

// What the tags of the base images name now.
sdk::Status resolve(sdk::Context& ctx, std::vector<BaseImage>& bases) {
  for (std::size_t i = 0; i < bases.size() && i < kMostBases; ++i) {
    RegistryAnswer answer;
    const Image image = image_of({bases[i].name, {}, {}}, {});
    const sdk::Status read =
        ask_registry(ctx, "resolve_digest",
                     {{"repo", base_repository(image)}, {"reference", image.reference}}, answer);
    if (ends_call(read)) return read;
    if (read) bases[i].current_digest = hub::text_member(answer.body, "digest");
  }
  return {};
}

sdk::Status add_bases(sdk::Context& ctx, const Located& located, const Attached& provenance,
                      ImageFacts& facts) {
  const auto document = read_attached(ctx, located, provenance);
  if (!document) return document.status();
  const auto json = sdk::parse_json(document->text);
  if (!json) return {};
  std::vector<BaseImage> bases = base_images_in(*json);
  const sdk::Status resolved = resolve(ctx, bases);
  facts.base_images = std::move(bases);
  return resolved;
}

// What a statement with the bare SBOM would say; empty: it is none.
template <typename Fits>
std::string predicate_type_where(Fits fits) {
  const auto* const found = std::find_if(kSbomNames.begin(), kSbomNames.end(), fits);
  return std::string(found == kSbomNames.end() ? std::string_view() : found->predicate_type);
}

// By what is said of it, else by what it says itself.
sdk::Reply<std::string> predicate_type_of(sdk::Context& ctx, const Located& located,
                                          const Attached& attached) {
  const auto named = predicate_type_where(
      [&](const SbomNames& names) { return names.media_type == attached.predicate_type; });
  if (!named.empty()) return named;
  if (!attached.predicate_type.empty()) return attached.predicate_type;
  const auto document = read_attached(ctx, located, attached);
  if (!document) return document.status();
  if (!document->predicate_type.empty()) return document->predicate_type;
  const auto json = sdk::parse_json(document->text);
  const SbomFormat format = json ? format_of(*json) : SbomFormat::other;
  return predicate_type_where([&](const SbomNames& names) { return names.format == format; });
}

sdk::Status add_predicate_types(sdk::Context& ctx, const Located& located,
                                std::vector<Attached>& all, ImageFacts& facts) {
  facts.predicate_types.emplace();
  for (Attached& attached : all) {
    auto type = predicate_type_of(ctx, located, attached);
    if (!type && ends_call(type.status())) return type.status();
    if (!type) facts.knows_all_attached = false;
    if (!type || type->empty()) continue;
    attached.predicate_type = *std::move(type);
    facts.predicate_types->push_back(attached.predicate_type);
  }
  return {};
}

// All types are told before a provenance is read: what cannot be read of it takes none of them away.
sdk::Status add_attached(sdk::Context& ctx, const Located& located, ImageFacts& facts) {
  auto attachments = attached_in_registry(ctx, located);
  if (!attachments) return attachments.status();
  if (!located.is_read) return {};
  facts.knows_all_attached = attachments->is_whole;
  const sdk::Status typed = add_predicate_types(ctx, located, attachments->all, facts);
  if (!typed) return typed;
  for (const Attached& attached : attachments->all) {
    if (!is_provenance(attached.predicate_type) || facts.base_images) continue;
    const sdk::Status added = add_bases(ctx, located, attached, facts);
    if (!added) return added;
  }
  return {};
}

}  // namespace

PolicyFacts ImageFacts::view() const {
  PolicyFacts facts;
  facts.content = content ? &*content : nullptr;
  facts.predicate_types = predicate_types;
  facts.knows_all_attached = knows_all_attached;
  facts.user = user;
  facts.base_images = base_images;
  facts.today = utc_now(kDay);
  return facts;
}

sdk::Reply<ImageFacts> facts_of(KeptContents& kept, sdk::Context& ctx, const Located& located) {
  ImageFacts facts;
  const sdk::Status content = add_content(kept, ctx, located, facts);
  if (ends_call(content)) return content;
  for (const auto add : {add_user, add_attached}) {
    const sdk::Status added = add(ctx, located, facts);
    if (ends_call(added)) return added;
  }
  return facts;
}

}  // namespace dockerhub::scout
