// Patterns for tags: * stands for any characters, ? for one, everything else for itself. Pure; any thread.
#pragma once

#include <string_view>

namespace dockerhub::hub {

// Whether the pattern fits the whole text. Takes at most the product of both lengths.
bool glob_fits(std::string_view pattern, std::string_view text);

}  // namespace dockerhub::hub
