// The audit log. The table that leads to them is in routes.cpp. Source: Docker's "Docker HUB API",
// version 2-beta.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

Answer list_audit_actions(HubCall& call);
Answer list_audit_logs(HubCall& call);

}  // namespace dockerhub::sandbox
