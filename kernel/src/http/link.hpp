// The Link header (RFC 8288) as lists use it, and queries taken apart. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace dockerhub::http {

// The target of rel="next", resolved; nullopt: none, or one that is not on the answer's own origin.
// Unquoted parameters and further ones are accepted.
std::optional<Url> next_link(const Response& response);

// "a=1&b=%20" decoded; what is no valid percent-encoding stays as it is.
std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query);

}  // namespace dockerhub::http
