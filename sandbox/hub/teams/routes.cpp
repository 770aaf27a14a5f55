#include "hub/routes.hpp"

#include <array>

#include "hub/teams/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kReads = "scope-group-read";
constexpr std::string_view kEdits = "scope-group-edit";

constexpr std::array<HubRow, 9> kRows = {{
    {"GET", "/v2/orgs/{org_name}/groups", HubAccess::member, kReads, &list_teams},
    {"POST", "/v2/orgs/{org_name}/groups", HubAccess::owner, kEdits, &create_team},
    {"GET", "/v2/orgs/{org_name}/groups/{group_name}", HubAccess::member, kReads, &get_team},
    {"PUT", "/v2/orgs/{org_name}/groups/{group_name}", HubAccess::owner, kEdits, &replace_team},
    {"PATCH", "/v2/orgs/{org_name}/groups/{group_name}", HubAccess::owner, kEdits, &update_team},
    {"DELETE", "/v2/orgs/{org_name}/groups/{group_name}", HubAccess::owner, kEdits, &delete_team},
    {"GET", "/v2/orgs/{org_name}/groups/{group_name}/members", HubAccess::member, kReads,
     &list_team_members},
    {"POST", "/v2/orgs/{org_name}/groups/{group_name}/members", HubAccess::owner, kEdits,
     &add_team_member},
    {"DELETE", "/v2/orgs/{org_name}/groups/{group_name}/members/{username}", HubAccess::owner,
     kEdits, &remove_team_member},
}};

}  // namespace

std::span<const HubRow> team_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
