// The names that a shell's completion offers: those of the last while, else what Docker Hub says within the time of the
// setting completion.time. Nobody is asked anything and no program is started for it, so that nothing asks for a
// password; nothing is said. What fails gives what is kept from before, or nothing. Free functions; one thread.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "global_options.hpp"
#include "name_question.hpp"

namespace dockerhub::cli {

// Whole words that begin as it was typed. `options`: what was given before the words of the question.
std::vector<std::string> names_for(const NameQuestion& question, GlobalOptions options,
                                   const std::stop_token& stop);

}  // namespace dockerhub::cli
