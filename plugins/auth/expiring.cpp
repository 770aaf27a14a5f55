// Lists of tokens, whole or only those that end soon.
#include <cstddef>
#include <string>

#include "actions.hpp"
#include "hub/members.hpp"
#include "hub/pages.hpp"
#include "hub/times.hpp"
#include "personal_tokens.hpp"

namespace dockerhub::auth {
namespace {

bool ends_before(const sdk::Value& token, hub::UnixTime limit) {
  const auto end = hub::unix_time(hub::text_member(token, "expires_at"));
  return end && *end <= limit;
}

sdk::Status list_tokens(sdk::Context& ctx, const hub::List& list) {
  const bool filters = ctx.params().has("expires_within");
  const sdk::ListOptions options = ctx.list_options();
  if (!filters && !options.all_pages && !options.max_items) {
    const auto page = hub::read_page(ctx, list);
    return page ? hub::pass_on(ctx, *page) : page.status();
  }
  constexpr hub::UnixTime kDay = 24 * 60 * 60;
  const hub::UnixTime limit = hub::unix_now() + kDay * ctx.params().integer("expires_within", 0);
  std::size_t listed = 0;
  const auto ended = hub::read_all(ctx, list, [&](const sdk::Value& token) {
    if (filters && !ends_before(token, limit)) return sdk::Status();
    ++listed;
    return ctx.item(token);
  });
  if (filters && listed > 0) {
    ctx.outcome(sdk::Outcome::condition_met,
                "Tokens that end within that time, or have ended: " + std::to_string(listed) + ".");
  }
  return hub::end_list(ctx, ended.status());
}

}  // namespace

sdk::Status list_pats(sdk::Context& ctx) {
  return list_tokens(ctx, pat_list());
}

sdk::Status list_oats(sdk::Context& ctx) {
  const sdk::Json org{{"org", ctx.params().text("org")}};
  return list_tokens(ctx, {"/v2/orgs/{org}/access-tokens", org, "results", {}, "id"});
}

}  // namespace dockerhub::auth
