#include "editors.hpp"

#include "hub/members.hpp"
#include "hub/names.hpp"
#include "hub/pages.hpp"

namespace dockerhub::org {

sdk::Reply<Editors> read_editors(sdk::Context& ctx, std::string_view org) {
  const hub::List list{"/v2/orgs/{org}/members",
                       sdk::Json{{"org", org}},
                       "results",
                       {{"role", "editor"}},
                       "username"};
  Editors editors;
  bool is_heeded = true;
  const auto read = hub::read_all(ctx, list, [&](const sdk::Value& row) {
    // Every organization has an owner, who comes where the filter is not heeded.
    if (hub::folded(hub::text_member(row, "role")) == "owner") is_heeded = false;
    editors.insert(hub::folded(hub::text_member(row, "username")));
    return sdk::Status();
  });
  if (!read) return read.status();
  if (!read->is_whole) return hub::endless(ctx);
  if (is_heeded) return editors;
  ctx.warn("Docker Hub does not tell editors from members: they count as members.");
  return Editors();
}

bool is_editor(const Editors& editors, std::string_view username, std::string_view told_role) {
  return hub::folded(told_role) == "member" && editors.count(hub::folded(username)) > 0;
}

}  // namespace dockerhub::org
