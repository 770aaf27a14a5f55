// What the Hub's management API does with a request that is allowed; one file a group. The table that
// leads to them is in hub_host.cpp. Source: Docker's "Docker HUB API", version 2-beta.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// login_handlers.cpp
Answer create_access_token(HubCall& call);
Answer log_in(HubCall& call);
Answer log_in_second_factor(HubCall& call);

// repository_handlers.cpp
Answer list_repositories(HubCall& call);
Answer create_repository(HubCall& call);
Answer get_repository(HubCall& call);

// tag_handlers.cpp
Answer list_repository_tags(HubCall& call);
Answer check_repository_tags(HubCall& call);
Answer get_repository_tag(HubCall& call);
Answer delete_repository_tag(HubCall& call);

}  // namespace dockerhub::sandbox
