#include "hub/routes.hpp"

#include <array>

#include "hub/audit/answers.hpp"
#include "hub/scim/answers.hpp"

namespace dockerhub::sandbox {

std::span<const HubGroup> hub_groups() {
  static const std::array<HubGroup, 6> groups = {{
      {auth_routes(), &hub_error},
      {repository_routes(), &hub_error},
      {organization_routes(), &hub_error},
      {team_routes(), &hub_error},
      {audit_routes(), &audit_error},
      {scim_routes(), &scim_error},
  }};
  return groups;
}

}  // namespace dockerhub::sandbox
