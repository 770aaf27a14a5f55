// What a registry says in words of its own, ready for a person: one line (its ends and tabs become spaces), what cannot
// be seen shown as \u202e, what is no UTF-8 as U+FFFD. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerhub::registry {

// {"errors": [{"code", "message"}]} (OCI distribution-spec 1.1.1, "Error Codes") as "CODE: message; ...", made of the
// first 1,024 bytes of them. Empty: the body is none.
std::string registry_words(std::string_view body);

// Any other text of a registry's, whole.
std::string shown_words(std::string_view text);

// The beginning of `text`, at most `most` bytes: a character that does not fit is left out as a whole.
std::string_view whole_characters(std::string_view text, std::size_t most);

}  // namespace dockerhub::registry
