// Which repositories a caller of the management API sees: public ones, and private ones of its own
// namespaces. What is not seen is answered like what is not there.
#pragma once

#include "hub/call.hpp"

namespace dockerhub::sandbox {

bool sees(const HubCall& call, const Repository& repository, Right right);

// The repository that the path names; nullptr: not there, or not to be seen with that right.
Repository* seen_repository(HubCall& call, Right right);

// The refusal where the path's repository is not there or the caller may not do that with it.
std::optional<Answer> refuse_right(HubCall& call, Right right);

Answer no_repository();

// The repository's name without its namespace.
std::string short_name(const Repository& repository);

}  // namespace dockerhub::sandbox
