// What strangers wrote (descriptions, names, entries of a log), as a row says it of its answer: marked, and
// with nothing in it that is not seen. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// Controls and marks of direction in these fields become visible, wherever in the data they stand; the
// member "from_outside" of the envelope, a JSON object, names those that are there. False: it cannot be read.
bool mark_outside(std::string& envelope, const dockerhub::Answer& answer);

// The text of a resource, of which every part may be strangers' words: what cannot be seen is made visible, in
// a JSON document within its texts and names, so that it stays one. Others than JSON stay as they are.
void show_unseen(std::string& text, std::string_view media_type);

}  // namespace dockerhub::mcp
