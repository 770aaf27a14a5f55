// cves, purl.
#include <string>
#include <string_view>

#include "actions.hpp"
#include "content.hpp"
#include "filter.hpp"
#include "gate_parameter.hpp"
#include "json_parts.hpp"
#include "rest.hpp"
#include "row.hpp"
#include "sarif.hpp"
#include "settings.hpp"
#include "totals.hpp"

namespace dockerhub::scout {
namespace {

Wanted wanted_of(sdk::Context& ctx) {
  const bool details = ctx.params().flag("details", false);
  return {details || ctx.params().has("epss_above"), details};
}

bool wants_sarif(sdk::Context& ctx) {
  return ctx.params().text("format", "rows") == "sarif";
}

sdk::Status tell_rows(sdk::Context& ctx, const std::vector<Finding>& findings,
                      const sdk::Json& summary) {
  for (const Finding& finding : findings) {
    const sdk::Status sent = ctx.item(row_of(finding));
    if (sent == sdk::Status(DH_E_RECEIVER)) break;
    if (!sent) return sent;
  }
  return ctx.answer(with(summary, {{"cves", sdk::kGivenItems}}));
}

std::size_t excepted_in(const std::vector<Finding>& findings) {
  std::size_t number = 0;
  for (const Finding& finding : findings) number += finding.excepted ? 1 : 0;
  return number;
}

}  // namespace

sdk::Status cves(KeptContents& kept, sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestCves);
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const auto content = content_of(kept, ctx, *located, wanted_of(ctx));
  if (!content) return content.status();
  const Gate gate = gate_parameter(ctx);
  const auto refuse = [&](std::string_view so) { return not_known(ctx, *located, *content, so); };
  if (!content->is_conclusive && gate.is_set()) return refuse("so the condition cannot be judged");
  // A log without results is what closes the alerts of the one before.
  if (!content->is_conclusive && wants_sarif(ctx))
    return refuse("so there is no log: what it does not list would be taken for fixed");
  if (!content->is_conclusive) ctx.warn(not_conclusive(*content));
  const Filter filter = Filter::of(ctx.params().all());
  const std::vector<Finding> findings = filter.select(content->findings);
  judge(ctx, gate, findings);
  ctx.annotate("source", content->source);
  if (wants_sarif(ctx))
    return ctx.answer(sarif_of(findings, located->image.text(), located->digest));
  return tell_rows(ctx, findings,
                   with(located->json(), {{"sbom_state", text_or_null(content->sbom_state)},
                                          {"source", content->source},
                                          {"observed_at", text_or_null(content->observed_at)},
                                          {"conclusive", content->is_conclusive},
                                          {"count", findings.size()},
                                          {"totals", count(findings).json()},
                                          {"packages", content->packages.size()},
                                          {"excepted", excepted_in(content->findings)},
                                          {"filters", filter.json()}}));
}

sdk::Status purl(sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) {
    return ctx.fail("UnsupportedError",
                    "the look-up of packages needs GraphQL, and DOCKER_SCOUT_API is rest",
                    "Unset DOCKER_SCOUT_API.");
  }
  std::vector<std::string> purls;
  for (const std::string_view one : ctx.params().texts("purl")) purls.emplace_back(one);
  const auto all = look_up(ctx, purls, wanted_of(ctx));
  if (!all) return all.status();
  const Filter filter = Filter::of(ctx.params().all());
  const std::vector<Finding> findings = filter.select(*all);
  judge(ctx, gate_parameter(ctx), findings);
  ctx.annotate("source", "graphql");
  return tell_rows(
      ctx, findings,
      {{"count", findings.size()}, {"totals", count(findings).json()}, {"filters", filter.json()}});
}

}  // namespace dockerhub::scout
