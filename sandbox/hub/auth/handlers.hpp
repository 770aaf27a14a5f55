// Log-ins and access tokens, of users and of organizations. The table that leads to them is in
// routes.cpp. Source: Docker's "Docker HUB API", version 2-beta.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// login.cpp
Answer log_in(HubCall& call);
Answer log_in_second_factor(HubCall& call);
Answer create_bearer(HubCall& call);

// personal_tokens.cpp
Answer create_personal_token(HubCall& call);
Answer list_personal_tokens(HubCall& call);
Answer update_personal_token(HubCall& call);
Answer get_personal_token(HubCall& call);
Answer delete_personal_token(HubCall& call);

// organization_tokens.cpp
Answer create_organization_token(HubCall& call);
Answer list_organization_tokens(HubCall& call);
Answer get_organization_token(HubCall& call);
Answer update_organization_token(HubCall& call);
Answer delete_organization_token(HubCall& call);

}  // namespace dockerhub::sandbox
