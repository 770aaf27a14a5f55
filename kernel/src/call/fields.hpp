// The option `fields`: of each item of an answer only the members that the caller named. Free functions;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "call/envelope.hpp"

namespace dockerhub {

// One item, as JSON; what is no object stays as it is.
std::string keep_fields(std::string_view item, const std::vector<std::string>& fields);

// The answer's data: of a list each item, where it stands in a page as well as alone, otherwise the
// object itself. Names that nothing in it has are told in a warning.
void keep_fields(const Action& row, const std::vector<std::string>& fields, Envelope& envelope);

}  // namespace dockerhub
