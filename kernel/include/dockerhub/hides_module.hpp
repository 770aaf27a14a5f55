// What follows for a module where a caller is not told of its actions (Caller::hides). Any thread.
#pragma once

#include <functional>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Whether a module has actions and all of them are hidden: its resources, prompts and completions are, too, then, from
// lists and from calls alike. hides: empty hides nothing.
DOCKERHUB_API bool hides_module(const Catalogue& catalogue, std::string_view module,
                                const std::function<bool(const Tool&, const Action&)>& hides);

}  // namespace dockerhub
