// URI templates of level 1 (RFC 6570): whether a URI fits one. Free function; any thread.
#pragma once

#include <string_view>

namespace dockerhub {

// Each {name} stands for one or more characters other than '/'.
bool fits_template(std::string_view uri, std::string_view uri_template);

}  // namespace dockerhub
