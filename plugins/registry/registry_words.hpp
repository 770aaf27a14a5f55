// What a registry says in words of its own, ready for a person: one line, what cannot be seen shown as \u202e, what is
// no UTF-8 as U+FFFD. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::registry {

// {"errors": [{"code", "message"}]} (OCI distribution-spec 1.1.1, "Error Codes") as "CODE: message; ...", made of the
// first 1,024 bytes of them. Empty: the body is none.
std::string registry_words(std::string_view body);

// Any other text of a registry's, whole.
std::string shown_words(std::string_view text);

}  // namespace dockerhub::registry
