#include "image_facts.hpp"

#include <utility>

#include "attached.hpp"
#include "content.hpp"
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
  facts.user = own == nullptr ? std::string() : std::string(hub::text_member(*own, "User"));
  return {};
}

// What the tags of the base images name now.
sdk::Status resolve(sdk::Context& ctx, std::vector<BaseImage>& bases) {
  for (std::size_t i = 0; i < bases.size() && i < kMostBases; ++i) {
    RegistryAnswer answer;
    const Image image = image_of({bases[i].name, {}, {}}, {});
    const sdk::Status read =
        ask_registry(ctx, "resolve_digest",
                     {{"repo", image.in_registry}, {"reference", image.reference}}, answer);
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

sdk::Status add_attached(sdk::Context& ctx, const Located& located, ImageFacts& facts) {
  const auto all = attached_in_registry(ctx, located);
  if (!all) return all.status();
  if (!located.is_read) return {};
  facts.predicate_types.emplace();
  for (const Attached& attached : *all) {
    facts.predicate_types->push_back(is_sbom(attached) &&
                                             attached.predicate_type == attached.media_type
                                         ? "https://spdx.dev/Document"
                                         : attached.predicate_type);
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
