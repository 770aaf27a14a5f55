#include "hub/routes.hpp"

#include <array>

#include "hub/organizations/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<HubRow, 11> kRows = {{
    {"GET", "/v2/orgs/{org_name}/settings", HubAccess::owner, "", &get_organization_settings},
    {"PUT", "/v2/orgs/{org_name}/settings", HubAccess::owner, "", &update_organization_settings},
    {"GET", "/v2/orgs/{org_name}/members", HubAccess::member, "scope-member-read", &list_members},
    {"GET", "/v2/orgs/{org_name}/members/export", HubAccess::owner, "scope-member-read",
     &export_members},
    {"PUT", "/v2/orgs/{org_name}/members/{username}", HubAccess::owner, "scope-member-edit",
     &update_member},
    {"DELETE", "/v2/orgs/{org_name}/members/{username}", HubAccess::owner, "scope-member-edit",
     &remove_member},
    {"GET", "/v2/orgs/{org_name}/invites", HubAccess::owner, "scope-invite-read", &list_invites},
    {"DELETE", "/v2/invites/{id}", HubAccess::signed_in, "", &delete_invite},
    {"PATCH", "/v2/invites/{id}/resend", HubAccess::signed_in, "", &resend_invite},
    {"POST", "/v2/invites/bulk", HubAccess::signed_in, "", &bulk_invite},
    // Undocumented.
    {"GET", "/v2/user/orgs", HubAccess::user, "", &list_user_organizations},
}};

}  // namespace

std::span<const HubRow> organization_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
