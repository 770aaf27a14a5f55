// JSON with texts of strangers that a person or a model reads: what hides in them is made visible or
// found. What is no JSON comes back as it is and hides nothing. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::json {

// All texts; names of members stay.
std::string with_visible_texts(std::string_view text);

// Those that are meant for a reader, wherever they stand: the members title, description, message, enumNames,
// examples and $comment. The others, by which values are checked, stay.
std::string with_visible_words(std::string_view text);

// Whether something hides in a text or in the name of a member, wherever it stands. Newlines and tabs do not.
bool hides_something(std::string_view text);

}  // namespace dockerhub::json
