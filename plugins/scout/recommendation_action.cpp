// recommendations.
#include <string>

#include "actions.hpp"
#include "graphql.hpp"
#include "hub/members.hpp"
#include "json_parts.hpp"
#include "located.hpp"
#include "settings.hpp"

namespace dockerhub::scout {
namespace {

sdk::Json tag_row(std::string_view repository, const sdk::Value& tag) {
  const sdk::Value* report = hub::member(tag, "vulnerabilityReport");
  const sdk::Value* packages = hub::member(tag, "packageCount");
  return {{"repository", text_or_null(repository)},
          {"tags", sdk::Json::array(texts_member(tag, "tags"))},
          {"digest", hub::text_member(tag, "digest")},
          {"packages", packages},
          {"vulnerabilities", report}};
}

sdk::Json recommendation_row(std::string_view repository, const sdk::Value& tag,
                             const sdk::Value* current) {
  const sdk::Json now = current == nullptr ? sdk::Json(nullptr) : tag_row(repository, *current);
  return with(tag_row(repository, tag), {{"in_place_of", now}});
}

sdk::Status tell(sdk::Context& ctx, std::string_view repository, const sdk::Value& groups) {
  for (const sdk::Value& group : groups.GetArray()) {
    const sdk::Value* tags = hub::array_member(group, "recommendedTags");
    if (tags == nullptr) continue;
    for (const sdk::Value& tag : tags->GetArray()) {
      const sdk::Status sent =
          ctx.item(recommendation_row(repository, tag, hub::member(group, "currentTag")));
      if (!sent) return sent;
    }
  }
  return {};
}

}  // namespace

sdk::Status recommendations(sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) {
    return ctx.fail("UnsupportedError",
                    "recommendations need GraphQL, and DOCKER_SCOUT_API is rest",
                    "Unset DOCKER_SCOUT_API.");
  }
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const auto answer = ask(ctx, kRecommendationsQuery,
                          {{"ctx", context_of(located->image.organization)},
                           {"repo", located->image.repository},
                           {"digest", located->digest}});
  if (!answer) return answer.status();
  const auto value = value_of(ctx, *answer);
  if (!value) return value.status();
  const sdk::Value* repository = *value == nullptr ? nullptr : hub::member(**value, "repository");
  const std::string_view base =
      repository == nullptr ? std::string_view() : hub::text_member(*repository, "name");
  const sdk::Value* groups =
      *value == nullptr ? nullptr : hub::array_member(**value, "recommendations");
  ctx.annotate("source", "graphql");
  if (groups == nullptr)
    ctx.warn("Docker Scout has no recommendation: it does not know the base image.");
  const sdk::Status told = groups == nullptr ? sdk::Status() : tell(ctx, base, *groups);
  if (!told && !(told == sdk::Status(DH_E_RECEIVER))) return told;
  const sdk::Json summary = with(located->json(), {{"base_repository", text_or_null(base)}});
  return ctx.answer(with(summary, {{"recommendations", sdk::kGivenItems}}));
}

}  // namespace dockerhub::scout
