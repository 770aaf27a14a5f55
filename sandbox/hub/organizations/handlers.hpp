// Organizations: settings, members, invitations. The table that leads to them is in routes.cpp. Source:
// Docker's "Docker HUB API", version 2-beta.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// settings.cpp
Answer get_organization_settings(HubCall& call);
Answer update_organization_settings(HubCall& call);

// members.cpp
Answer list_members(HubCall& call);
Answer export_members(HubCall& call);
Answer update_member(HubCall& call);
Answer remove_member(HubCall& call);

// invites.cpp
Answer list_invites(HubCall& call);
Answer delete_invite(HubCall& call);
Answer resend_invite(HubCall& call);

// bulk_invite.cpp
Answer bulk_invite(HubCall& call);

// user_organizations.cpp
Answer list_user_organizations(HubCall& call);  // undocumented

}  // namespace dockerhub::sandbox
