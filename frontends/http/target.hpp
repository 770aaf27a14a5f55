// The target of a request taken apart: RFC 3986, and for the query the form that HTML gives it. Free functions;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dockerhub::web {

// Names with their values, decoded, in their order.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// "%41" as "A"; nullopt: a % that begins no byte.
std::optional<std::string> percent_decoded(std::string_view text);

// "a=1&b" as {"a", "1"}, {"b", ""}; + is a blank. nullopt: as above.
std::optional<Pairs> read_query(std::string_view query);

// "/v1/a%2Fb" as {"v1", "a/b"}; a slash at the end makes no empty one. nullopt: as above.
std::optional<std::vector<std::string>> path_segments(std::string_view path);

}  // namespace dockerhub::web
