// What a server asks for with 401: the challenges of its WWW-Authenticate fields (RFC 9110 11.6.1).
// One field may hold several, a quoted value may hold commas. Of a field that breaks the grammar the
// challenges before the break are kept. Bounded: fields of 16 KiB in all, 16 challenges, 32 parameters
// each. Pure functions; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/headers.hpp"

namespace dockerhub {

struct Challenge {
  std::string scheme;  // lower case
  std::string token68;
  std::map<std::string, std::string, std::less<>> parameters;  // names in lower case

  // Empty when it is not there.
  std::string_view parameter(std::string_view name) const;
};

// In their order. A `scope` that comes several times is joined by blanks; of other parameters the first
// counts.
std::vector<Challenge> parse_challenges(const std::vector<std::string_view>& fields);
std::vector<Challenge> challenges_of(const http::Headers& headers);

// The one to answer: "bearer" before "basic"; nullptr: neither is there.
const Challenge* preferred(const std::vector<Challenge>& challenges);

}  // namespace dockerhub
