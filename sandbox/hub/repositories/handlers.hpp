// Repositories, their tags, and the search. The table that leads to them is in routes.cpp. Source:
// Docker's "Docker HUB API", version 2-beta; those marked so are undocumented, and as Docker's own
// clients use them.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// repositories.cpp
Answer list_repositories(HubCall& call);
Answer create_repository(HubCall& call);
Answer get_repository(HubCall& call);
Answer update_repository(HubCall& call);  // undocumented

// tags.cpp
Answer list_repository_tags(HubCall& call);
Answer check_repository_tags(HubCall& call);
Answer get_repository_tag(HubCall& call);
Answer delete_repository_tag(HubCall& call);  // undocumented

// immutable_tags.cpp
Answer update_immutable_tags(HubCall& call);
Answer verify_immutable_tags(HubCall& call);

// repository_teams.cpp
Answer assign_repository_team(HubCall& call);

// search.cpp
Answer search_repositories(HubCall& call);  // undocumented

}  // namespace dockerhub::sandbox
