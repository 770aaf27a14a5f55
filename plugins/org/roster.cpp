#include "roster.hpp"

#include "editors.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"
#include "hub/pages.hpp"

namespace dockerhub::org {
namespace {

// Docker's document calls the second one deprecated and has it in the list of members.
std::string_view address_in(const sdk::Value& row) {
  const std::string_view address = hub::text_member(row, "email");
  return address.empty() ? hub::text_member(row, "primary_email") : address;
}

void take(const sdk::Value& row, Roster& roster) {
  Member member;
  member.username = hub::text_member(row, "username");
  member.role = hub::folded(hub::text_member(row, "role"));
  if (const sdk::Value* groups = hub::array_member(row, "groups")) {
    for (const sdk::Value& group : groups->GetArray()) {
      if (group.IsString()) member.teams.emplace_back(sdk::view(group));
    }
  }
  const std::string names[] = {hub::folded(member.username), hub::folded(address_in(row))};
  if (member.role == "invitee") {
    roster.invited.insert(std::begin(names), std::end(names));
    return;
  }
  roster.hides_addresses = roster.hides_addresses || names[1].empty();
  for (const std::string& name : names) {
    if (!name.empty()) roster.by_name.emplace(name, roster.members.size());
  }
  roster.members.push_back(std::move(member));
}

}  // namespace

sdk::Reply<Roster> read_roster(sdk::Context& ctx, std::string_view org) {
  Roster roster;
  const hub::List list{
      "/v2/orgs/{org}/members", sdk::Json{{"org", org}}, "results", {}, "username"};
  const auto read = hub::read_all(ctx, list, [&](const sdk::Value& row) {
    take(row, roster);
    return sdk::Status();
  });
  if (!read) return read.status();
  if (!read->is_whole) return hub::endless(ctx);
  const auto editors = read_editors(ctx, org);
  if (!editors) return editors.status();
  for (Member& member : roster.members) {
    if (is_editor(*editors, member.username, member.role)) member.role = "editor";
  }
  sdk::Request request;
  request.path = "/v2/orgs/{org}/invites";
  request.path_params = sdk::Json{{"org", org}};
  const auto invites = hub::ask(ctx, request);
  if (!invites) return invites.status();
  if (const sdk::Value* rows = hub::array_member(invites->body, "data")) {
    for (const sdk::Value& row : rows->GetArray())
      roster.invited.insert(hub::folded(hub::text_member(row, "invitee")));
  }
  return roster;
}

}  // namespace dockerhub::org
