// Invitations as the management API tells of them, and what they turn into. Free functions.
#pragma once

#include <string>

#include "encoding/json_text.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

JsonText invite_json(const Organization& organization, const Invite& invite);

// The organization with that invitation; nullptr: there is none.
Organization* organization_of_invite(World& world, std::string_view id);
Invite* find_invite(Organization& organization, std::string_view id);

// The invited one joins with the role and the team of the invitation, which is then gone. An address
// that is nobody's becomes a new account. Gives the member's name.
std::string accept_invite(World& world, Organization& organization, std::string_view id);

}  // namespace dockerhub::sandbox
