// Every member with role, teams and last log-in, and their totals beside those of Docker Hub.
#include <cstdint>
#include <map>
#include <string>

#include "actions.hpp"
#include "editors.hpp"
#include "hub/members.hpp"
#include "hub/pages.hpp"

namespace dockerhub::org {
namespace {

// The only address in the document has two names.
const sdk::Value* email_of(const sdk::Value& member) {
  const sdk::Value* email = hub::member(member, "email");
  return email != nullptr ? email : hub::member(member, "primary_email");
}

std::string role_of(const Editors& editors, const sdk::Value& member) {
  const std::string_view role = hub::text_member(member, "role");
  return std::string(is_editor(editors, hub::text_member(member, "username"), role) ? "Editor"
                                                                                    : role);
}

sdk::Json row_of(const sdk::Value& member, const std::string& role) {
  return {{"username", hub::member(member, "username")},
          {"full_name", hub::member(member, "full_name")},
          {"email", email_of(member)},
          {"role", sdk::text_or_null(role)},
          {"teams", hub::member(member, "groups")},
          {"is_guest", hub::member(member, "is_guest")},
          {"date_joined", hub::member(member, "date_joined")},
          {"last_logged_in_at", hub::member(member, "last_logged_in_at")},
          {"last_seen_at", hub::member(member, "last_seen_at")}};
}

}  // namespace

sdk::Status report(sdk::Context& ctx) {
  const hub::List list{"/v2/orgs/{org}/members",
                       sdk::Json{{"org", ctx.params().text("org")}},
                       "results",
                       {},
                       "username"};
  const auto editors = read_editors(ctx, ctx.params().text("org"));
  if (!editors) return editors.status();
  std::map<std::string, std::uint64_t> roles;
  std::uint64_t listed = 0;
  const auto read = hub::read_all(ctx, list, [&](const sdk::Value& member) {
    ++listed;
    const std::string role = role_of(*editors, member);
    ++roles[role];
    return ctx.item(row_of(member, role));
  });
  const std::uint64_t total = read && read->total ? *read->total : listed;
  if (read && total != listed) {
    ctx.warn("Docker Hub counts " + std::to_string(total) + " members and listed " +
             std::to_string(listed) + ": the list changed while it was read. Run it again.");
  }
  const sdk::Json by_role = sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto& [role, count] : roles) {
      sdk::put_key(json, role.empty() ? "unknown" : role);
      json.Uint64(count);
    }
    json.EndObject();
  });
  return hub::end_list(ctx, read.status(), {{"count", total}, {"by_role", by_role}});
}

}  // namespace dockerhub::org
