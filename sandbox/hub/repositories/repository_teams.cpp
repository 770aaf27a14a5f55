#include "hub/repositories/handlers.hpp"
#include "hub/repositories/visibility.hpp"

namespace dockerhub::sandbox {
namespace {

const Team* team_of(const Organization& organization, const json::Value* id) {
  if (id == nullptr || !id->IsUint64()) return nullptr;
  for (const Team& team : organization.teams) {
    if (team.id == id->GetUint64()) return &team;
  }
  return nullptr;
}

}  // namespace

Answer assign_repository_team(HubCall& call) {
  Organization* organization = call.world.accounts.organization(call.value("namespace"));
  if (auto refusal = refuse_right(call, Right::assign_teams)) return *std::move(refusal);
  if (organization == nullptr)
    return hub_error(400, "only repositories of organizations have teams");
  const json::Value* id = json::find(call.body, "group_id");
  if (id == nullptr || !id->IsInt64())
    return hub_member_error("group_id", "group_id has to be a whole number");
  const std::optional<Reach> permission = permission_of(call.body_text("permission"));
  if (!permission)
    return hub_member_error("permission", "permission has to be read, write or admin");
  const Team* team = team_of(*organization, id);
  if (team == nullptr) return hub_error(404, "the group is not found");
  organization->team_reach[call.value("repository")][team->id] = *permission;
  return json_answer(200, JsonText::object({{"group_name", team->name},
                                            {"permission", permission_name(*permission)},
                                            {"group_id", team->id}}));
}

}  // namespace dockerhub::sandbox
