#include <algorithm>

#include "base/pattern.hpp"
#include "hub/teams/handlers.hpp"
#include "hub/teams/named_team.hpp"

namespace dockerhub::sandbox {
namespace {

JsonText team_json(const Organization& organization, const Team& team) {
  return JsonText::object({{"id", team.id},
                           {"uuid", team.uuid},
                           {"name", team.name},
                           {"description", team.description},
                           {"member_count", organization.members_of(team).size()}});
}

bool has_member(const Organization& organization, const Team& team, const std::string& user) {
  const std::vector<std::string> members = organization.members_of(team);
  return std::find(members.begin(), members.end(), user) != members.end();
}

// The refusal of a name that a team cannot have, or that another one has.
std::optional<Answer> refuse_name(const HubCall& call, const Team* own) {
  static const std::string pattern = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{1,254}";
  const std::string name = call.body_text("name");
  if (!matches(pattern, name))
    return hub_member_error("name", "name has to have 2 or more letters, digits, '_', '-' or '.'");
  const Team* other = call.organization->team(name);
  if (other != nullptr && other != own)
    return hub_member_error("name", "a group with this name already exists");
  return std::nullopt;
}

Answer change(HubCall& call, bool renamed) {
  Team* team = named_team(call);
  if (team == nullptr) return no_team();
  if (renamed) {
    if (auto refusal = refuse_name(call, team)) return *std::move(refusal);
    if (team->name == kOwners && call.body_text("name") != kOwners)
      return hub_error(403, "the owners group cannot be renamed");
    team->name = call.body_text("name");
  }
  if (call.body_has("description")) team->description = call.body_text("description");
  note_team(call, "org.team.update", team->name);
  return json_answer(200, team_json(*call.organization, *team));
}

}  // namespace

Answer list_teams(HubCall& call) {
  const Organization& organization = *call.organization;
  const std::string part = call.query.text("search"), user = call.query.text("username");
  std::vector<const Team*> list;
  for (const Team& team : organization.teams) {
    if (team.name.find(part) != std::string::npos &&
        (user.empty() || has_member(organization, team, user)))
      list.push_back(&team);
  }
  return hub_page(call, list.size(),
                  [&](std::size_t index) { return team_json(organization, *list[index]); });
}

Answer create_team(HubCall& call) {
  if (auto refusal = refuse_name(call, nullptr)) return *std::move(refusal);
  const Team& team =
      call.organization->add_team(call.body_text("name"), call.body_text("description"));
  note_team(call, "org.team.create", team.name);
  return json_answer(201, team_json(*call.organization, team));
}

Answer get_team(HubCall& call) {
  const Team* team = named_team(call);
  return team == nullptr ? no_team() : json_answer(200, team_json(*call.organization, *team));
}

Answer replace_team(HubCall& call) {
  return change(call, true);
}

Answer update_team(HubCall& call) {
  return change(call, call.body_has("name"));
}

Answer delete_team(HubCall& call) {
  const Team* team = named_team(call);
  if (team == nullptr) return no_team();
  if (team->name == kOwners) return hub_error(403, "the owners group cannot be deleted");
  const std::string name = team->name;
  call.organization->remove_team(name);
  note_team(call, "org.team.delete", name);
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
