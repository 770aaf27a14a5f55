// The Link header of paged answers (RFC 8288, sections 3 and 3.3; OCI distribution-spec 1.1.1,
// "Listing Tags"). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::registry {

// The target of the first link with the relation "next", as it stands there (absolute or relative);
// nullopt without one. Takes what servers write: several links, other parameters, no quotes.
std::optional<std::string> next_link(std::string_view header);

// Whether a target stays at this registry (host[:port] in lower case). A relative one does.
bool stays_at(std::string_view target, std::string_view registry);

// A parameter of the target's query, decoded; nullopt without it.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

}  // namespace dockerhub::registry
