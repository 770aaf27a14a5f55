#include "action_names.hpp"
#include "actions.hpp"
#include "follow.hpp"
#include "log_list.hpp"

namespace dockerhub::audit {

sdk::Status logs(sdk::Context& ctx) {
  const sdk::Params& params = ctx.params();
  if (params.has("action")) {
    const auto known = check_action_name(ctx, params.text("account"), params.text("action"));
    if (!known) return known;
  }
  if (params.flag("follow")) return follow(ctx);
  hub::List list = log_list(ctx);
  if (params.has("from_date")) list.query.emplace_back("from", time_of(ctx, "from_date"));
  if (params.has("to_date")) list.query.emplace_back("to", time_of(ctx, "to_date"));
  const sdk::ListOptions options = ctx.list_options();
  if (!options.all_pages && !options.max_items) {
    const auto page = hub::read_page(ctx, list);
    return page ? hub::pass_on(ctx, *page) : page.status();
  }
  const auto whole =
      hub::read_all(ctx, list, [&](const sdk::Value& entry) { return ctx.item(entry); });
  if (whole && !whole->is_whole)
    ctx.warn("The log goes on behind what was read: narrow it by its times.");
  return hub::end_list(ctx, whole.status());
}

}  // namespace dockerhub::audit
