// What strangers wrote (descriptions, names, entries of a log), as a row says it of its answer: marked, and
// with nothing in it that is not seen. Free functions; any thread.
#pragma once

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// Controls and marks of direction in these fields become visible, wherever in the data they stand; the
// member "from_outside" of the envelope names those that are there.
void mark_outside(json::Document& envelope, const dockerhub::Answer& answer);

}  // namespace dockerhub::mcp
