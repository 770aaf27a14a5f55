// Who is let through to the handlers of the management API. Free functions, used under the lock of the
// reception.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/routes.hpp"

namespace dockerhub::sandbox {

// What is in the way; nullopt: nothing. A refusal's status and message go into the group's form.
struct Refusal {
  int status = 0;
  std::string message;
};

// Finds out who calls and checks what the row asks for; call.caller and call.organization are then set.
std::optional<Refusal> refuse_caller(HubCall& call, const HubRow& row);

// The same for an operation whose path does not name the organization: the caller has to be an owner,
// or a token of it that holds `scope`.
std::optional<Answer> refuse_non_owner(const HubCall& call, const Organization& organization,
                                       std::string_view scope);

// Whether the caller, of a call that was let through, sees what only owners of the organization see:
// tokens of the organization do.
bool sees_as_owner(const HubCall& call);

}  // namespace dockerhub::sandbox
