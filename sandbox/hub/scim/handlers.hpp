// Provisioning by SCIM 2.0. The table that leads to them is in routes.cpp. Source: Docker's "Docker HUB
// API", version 2-beta; RFC 7643 and RFC 7644 where that is silent.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// discovery.cpp
Answer get_service_provider_config(HubCall& call);
Answer list_resource_types(HubCall& call);
Answer get_resource_type(HubCall& call);
Answer list_schemas(HubCall& call);
Answer get_schema(HubCall& call);

// users.cpp
Answer list_scim_users(HubCall& call);
Answer create_scim_user(HubCall& call);
Answer get_scim_user(HubCall& call);
Answer replace_scim_user(HubCall& call);

}  // namespace dockerhub::sandbox
