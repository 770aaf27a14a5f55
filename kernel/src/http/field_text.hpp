// What the parts of a message head may consist of. Pure functions.
#pragma once

#include <string_view>

namespace dockerhub::http {

// A name of a field or a method (RFC 9110 5.6.2).
bool is_token(std::string_view text);
// No control character but the tab: none ends a line, none ends a C string (RFC 9110 5.5).
bool is_field_text(std::string_view text);

}  // namespace dockerhub::http
