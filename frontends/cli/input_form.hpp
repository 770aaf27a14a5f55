// Input that an action asks for, typed on the terminal: each field of a flat JSON Schema in turn,
// or a page to be visited.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"
#include "messages.hpp"
#include "prompter.hpp"

namespace dockerhub::cli {

// {"action": "accept", "content": {...}}, or {"action": "cancel"} after Ctrl-D. `request` is that
// of a Question of kind input. Error (unsupported): there is no terminal, or the request cannot be
// shown.
Result<std::string> fill_form(const std::string& request, Prompter& prompter, Messages& messages);

}  // namespace dockerhub::cli
