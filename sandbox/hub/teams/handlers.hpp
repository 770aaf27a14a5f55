// Teams ("groups") of an organization and their members. The table that leads to them is in routes.cpp.
// Source: Docker's "Docker HUB API", version 2-beta.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// teams.cpp
Answer list_teams(HubCall& call);
Answer create_team(HubCall& call);
Answer get_team(HubCall& call);
Answer replace_team(HubCall& call);
Answer update_team(HubCall& call);
Answer delete_team(HubCall& call);

// team_members.cpp
Answer list_team_members(HubCall& call);
Answer add_team_member(HubCall& call);
Answer remove_team_member(HubCall& call);

}  // namespace dockerhub::sandbox
