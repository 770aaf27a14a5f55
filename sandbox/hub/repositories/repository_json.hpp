// Repositories as the management API tells of them. Free functions over a call.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// An entry of a list / one repository ("repository_list_entry", "repository_info").
JsonText list_entry(const HubCall& call, const Repository& repository);
JsonText repository_info(const HubCall& call, const Repository& repository);

}  // namespace dockerhub::sandbox
