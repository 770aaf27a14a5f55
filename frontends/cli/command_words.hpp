// A command in one text, taken apart into words as a shell does it: blanks separate, quotes and backslashes
// hold together. Nothing is expanded and nothing redirected; what a shell would take for more than a letter
// is refused. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// At least one word. `option` is named in errors.
Result<std::vector<std::string>> command_words(std::string_view text, std::string_view option);

// The words as one text that a shell, and command_words, takes apart into them again.
std::string shell_text(const std::vector<std::string>& words);

}  // namespace dockerhub::cli
