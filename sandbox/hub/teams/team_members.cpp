#include "hub/gate.hpp"
#include "hub/organizations/member_json.hpp"
#include "hub/teams/handlers.hpp"
#include "hub/teams/named_team.hpp"

namespace dockerhub::sandbox {
namespace {

bool fits(const Account& account, const std::string& text, bool by_address) {
  return account.name.find(text) != std::string::npos ||
         account.full_name().find(text) != std::string::npos ||
         (by_address && account.email.find(text) != std::string::npos);
}

JsonText user_json(const Account& account, bool with_address) {
  std::vector<JsonText::Member> members = user_members(account);
  if (with_address) members.push_back({"email", account.email});
  return JsonText::object(members);
}

Answer no_member() {
  return hub_error(404, "the user is not a member");
}

}  // namespace

Answer list_team_members(HubCall& call) {
  const Team* team = named_team(call);
  if (team == nullptr) return no_team();
  const bool addresses = sees_as_owner(call);
  std::vector<const Account*> list;
  for (const std::string& name : call.organization->members_of(*team)) {
    const Account* account = call.world.accounts.find(name);
    if (fits(*account, call.query.text("search"), addresses)) list.push_back(account);
  }
  return hub_page(call, list.size(),
                  [&](std::size_t index) { return user_json(*list[index], addresses); });
}

Answer add_team_member(HubCall& call) {
  Team* team = named_team(call);
  if (team == nullptr) return no_team();
  const std::string name = call.body_text("member");
  if (name.empty()) return hub_member_error("member", "member is required");
  if (!call.organization->role(name)) return no_member();
  if (team->name == kOwners) {
    call.organization->members[name].role = Role::owner;
  } else {
    team->members.insert(name);
  }
  note_team(call, "org.team.member.add", team->name, {{"member", name}});
  return empty_answer(200);
}

Answer remove_team_member(HubCall& call) {
  Team* team = named_team(call);
  if (team == nullptr) return no_team();
  const std::string& name = call.value("username");
  const bool owners = team->name == kOwners;
  if (owners ? call.organization->role(name) != Role::owner : team->members.erase(name) == 0)
    return no_member();
  if (owners && call.organization->is_last_owner(name))
    return hub_error(403, "the last owner cannot be removed");
  if (owners) call.organization->members[name].role = Role::member;
  note_team(call, "org.team.member.remove", team->name, {{"member", name}});
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
