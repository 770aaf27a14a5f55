// Where the links of paged answers lead (OCI distribution-spec 1.1.1, "Listing Tags"). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::registry {

// Whether a target stays at this registry (host[:port] in lower case). A relative one does.
bool stays_at(std::string_view target, std::string_view registry);

// A parameter of the target's query, decoded; nullopt without it.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

}  // namespace dockerhub::registry
