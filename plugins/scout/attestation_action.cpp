// attestations.
#include "actions.hpp"
#include "attached.hpp"
#include "json_parts.hpp"
#include "settings.hpp"

namespace dockerhub::scout {
namespace {

sdk::Status tell(sdk::Context& ctx, const std::vector<Attached>& all) {
  for (const Attached& attached : all) {
    if (const sdk::Status sent = ctx.item(attached.json()); !sent) return sent;
  }
  return {};
}

}  // namespace

sdk::Status attestations(sdk::Context& ctx) {
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const auto stored = attached_in_registry(ctx, *located);
  if (!stored) return stored.status();
  std::vector<Attached> listed;
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (ctx.params().flag("scout", false) && !*rest) {
    auto known = attached_in_scout(ctx, *located);
    if (!known) return known.status();
    listed = *std::move(known);
  }
  ctx.annotate("source", "attestation");
  sdk::Status told = tell(ctx, stored->all);
  if (told) told = tell(ctx, listed);
  if (!told && !(told == sdk::Status(DH_E_RECEIVER))) return told;
  const sdk::Json summary = with(located->json(), {{"signatures", "not checked"}});
  return ctx.answer(with(summary, {{"attestations", sdk::kGivenItems}}));
}

}  // namespace dockerhub::scout
