// Which repositories a caller of the management API sees: public ones, and private ones of its own
// namespaces. What is not seen is answered like what is not there.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

bool sees(const HubCall& call, const Repository& repository);

// The repository that the path names; nullptr: not there, or not to be seen.
Repository* seen_repository(HubCall& call);

// The repository's name without its namespace.
std::string short_name(const Repository& repository);

}  // namespace dockerhub::sandbox
