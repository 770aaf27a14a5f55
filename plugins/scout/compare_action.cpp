// compare.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "actions.hpp"
#include "baseline.hpp"
#include "content.hpp"
#include "diff.hpp"
#include "filter.hpp"
#include "gate_parameter.hpp"
#include "hub/answer.hpp"
#include "json_parts.hpp"
#include "local_policy.hpp"
#include "policy_source.hpp"
#include "rest.hpp"
#include "row.hpp"
#include "settings.hpp"
#include "totals.hpp"
#include "utc_time.hpp"

namespace dockerhub::scout {
namespace {

struct Side {
  sdk::Json head;
  Inventory content;
  std::optional<std::vector<PolicyResult>> policies;
};

// Docker Scout's own results, else those that follow from the content alone.
sdk::Reply<std::vector<PolicyResult>> policies_of(sdk::Context& ctx, const Located& located,
                                                  const Inventory& content) {
  static const sdk::Value kNoSettings(rapidjson::kObjectType);
  auto results = policies_in_scout(ctx, located);
  if (!results || !results->empty() || !content.is_conclusive) return results;
  PolicyFacts facts;
  facts.content = &content;
  facts.today = utc_now(kDay);
  return evaluate(facts, kNoSettings);
}

sdk::Reply<Side> side_of(KeptContents& kept, sdk::Context& ctx, std::string_view repo,
                         std::string_view reference, bool epss) {
  const auto image = image_parameter(ctx, repo, reference);
  if (!image) return image.status();
  const auto located = locate(ctx, *image);
  if (!located) return located.status();
  auto content = content_of(kept, ctx, *located, {epss, false});
  if (!content) return content.status();
  auto policies = policies_of(ctx, *located, *content);
  if (!policies) return policies.status();
  return Side{located->json(), *std::move(content), *std::move(policies)};
}

sdk::Reply<Side> saved_side(sdk::Context& ctx, std::optional<Filter>& saved) {
  auto baseline = read_baseline(ctx.params().value("baseline"));
  if (!baseline) {
    return hub::wrong_parameter(ctx, "baseline", "'baseline' is no whole answer of hub_scout cves",
                                "Save one with: dockerhub -o json scout cves REPO > baseline.json");
  }
  saved = baseline->filter;
  return Side{baseline->head, std::move(baseline->inventory), std::nullopt};
}

sdk::Reply<Side> base_side(KeptContents& kept, sdk::Context& ctx, std::optional<Filter>& saved) {
  if (ctx.params().has("baseline")) return saved_side(ctx, saved);
  return side_of(kept, ctx, ctx.params().text("repo"), ctx.params().text("base_ref"),
                 ctx.params().has("epss_above"));
}

sdk::Reply<Side> target_side(KeptContents& kept, sdk::Context& ctx,
                             const std::optional<Filter>& saved) {
  const bool epss = ctx.params().has("epss_above") || (saved && saved->epss_above);
  return side_of(kept, ctx, ctx.params().text("target_repo", ctx.params().text("repo")),
                 ctx.params().text("target_ref"), epss);
}

Totals totals_of(const Side& side, const std::vector<Filter>& shown) {
  return count(select(shown, side.content.findings));
}

sdk::Json side_json(const Side& side, const std::vector<Filter>& shown) {
  const bool is_known = side.content.is_conclusive;
  return with(side.head,
              {{"sbom_state", text_or_null(side.content.sbom_state)},
               {"observed_at", text_or_null(side.content.observed_at)},
               {"conclusive", is_known},
               {"totals", is_known ? totals_of(side, shown).json() : sdk::Json(nullptr)}});
}

sdk::Json rows_json(const std::vector<Finding>& findings) {
  std::vector<sdk::Json> rows;
  rows.reserve(findings.size());
  for (const Finding& finding : findings) rows.push_back(row_of(finding));
  return sdk::Json::array(rows);
}

sdk::Json package_json(const PackageChange& change) {
  return {{"name", change.name},
          {"purl", change.purl},
          {"base", sdk::Json::array(change.base_versions)},
          {"target", sdk::Json::array(change.target_versions)}};
}

// null where a side does not know its packages.
sdk::Json packages_json(const Side& base, const Side& target, const Diff& difference) {
  if (!base.content.knows_packages || !target.content.knows_packages) return nullptr;
  std::vector<sdk::Json> added, removed, changed;
  for (const PackageChange& change : difference.packages) {
    if (change.base_versions.empty()) {
      added.push_back(package_json(change));
    } else {
      (change.target_versions.empty() ? removed : changed).push_back(package_json(change));
    }
  }
  return {{"added", sdk::Json::array(added)},
          {"removed", sdk::Json::array(removed)},
          {"changed", sdk::Json::array(changed)}};
}

// null where a side has no results. What is unknown on a side is neither better nor worse.
sdk::Json policies_json(const Side& base, const Side& target) {
  if (!base.policies || !target.policies) return nullptr;
  std::map<std::string_view, Verdict> before;
  for (const PolicyResult& result : *base.policies) before.emplace(result.id, result.verdict);
  std::vector<sdk::Json> improved, worsened;
  for (const PolicyResult& result : *target.policies) {
    const auto known = before.find(result.id);
    if (known == before.end() || known->second == result.verdict) continue;
    if (known->second == Verdict::failed && result.verdict == Verdict::passed)
      improved.emplace_back(result.id);
    if (known->second == Verdict::passed && result.verdict == Verdict::failed)
      worsened.emplace_back(result.id);
  }
  return {{"improved", sdk::Json::array(improved)}, {"worsened", sdk::Json::array(worsened)}};
}

sdk::Json with_difference(const sdk::Json& sides, const Side& base, const Side& target,
                          const Diff& difference, const std::vector<Filter>& shown) {
  return with(sides,
              {{"change", scout::difference(totals_of(base, shown), totals_of(target, shown))},
               {"fixed", rows_json(difference.fixed)},
               {"introduced", rows_json(difference.introduced)},
               {"unchanged", difference.unchanged},
               {"packages", packages_json(base, target, difference)},
               {"policies", policies_json(base, target)}});
}

// A look-up of an image's own SBOM finds less than Docker Scout's index: the rest would look fixed. It also stands in
// for an answer that was indexed and not whole.
bool is_indexed(const Inventory& content) {
  return content.is_conclusive && content.sbom_state == "INDEXED" && content.source != "derived";
}

// Which side is not known would look like a difference: none is told.
sdk::Status not_comparable(sdk::Context& ctx, const sdk::Json& sides, const Gate& gate) {
  constexpr std::string_view kWhy =
      "Docker Scout's index does not tell all of one side: the rest would look fixed, or new.";
  if (gate.is_set()) {
    return ctx.fail("ApiError", std::string(kWhy) + " The condition cannot be judged.",
                    "hub_scout summary tells the state of each; try again when both are indexed.");
  }
  ctx.outcome(sdk::Outcome::partial, kWhy);
  sdk::Json json = sides;
  for (const char* name : {"change", "fixed", "introduced", "unchanged", "packages", "policies"})
    json = with(json, {{name, nullptr}});
  return ctx.answer(json);
}

}  // namespace

sdk::Status compare(KeptContents& kept, sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestCompare);
  const Filter filter = Filter::of(ctx.params().all());
  std::optional<Filter> saved;
  auto base = base_side(kept, ctx, saved);
  if (!base) return base.status();
  auto target = target_side(kept, ctx, saved);
  if (!target) return target.status();
  std::vector<Filter> shown = {filter};
  // What was left out when the base was saved would look new.
  if (saved) shown.push_back(*saved);
  for (Side* side : {&*base, &*target}) {
    for (const Filter& one : shown)
      side->content.findings = one.lasting().select(side->content.findings);
  }
  if (saved) take_scores(base->content.findings, target->content.findings);
  if (saved && (saved->fixable || saved->epss_above)) {
    ctx.warn(
        "The baseline was saved with 'fixable' or 'epss_above': what got a fix or a score since "
        "then "
        "counts as introduced. Save it without them, and give them to compare.");
  }
  const bool is_comparable = is_indexed(base->content) && is_indexed(target->content);
  const sdk::Json sides = {{"base", side_json(*base, shown)},
                           {"target", side_json(*target, shown)},
                           {"comparable", is_comparable},
                           {"filters", filter.json()},
                           {"baseline_filters", saved ? saved->json() : sdk::Json(nullptr)}};
  const Gate gate = gate_parameter(ctx);
  ctx.annotate("source", target->content.source);
  if (!is_comparable) return not_comparable(ctx, sides, gate);
  const Diff difference = diff(base->content, target->content, shown);
  judge(ctx, gate, difference.introduced);
  return ctx.answer(with_difference(sides, *base, *target, difference, shown));
}

}  // namespace dockerhub::scout
