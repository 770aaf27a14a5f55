// What may stand next on a command line, for the completion of shells: commands, modules, actions, options and
// the values that rows declare. Names at Docker Hub are name_lookup.hpp's: nothing is asked over the network here. Free
// functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alias_file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct Candidate {
  std::string word, description;
};

// `words`: those behind the program's name, the last of which is being typed and may be empty. Only what
// begins like it is given. None where only the user knows, or a file is meant.
std::vector<Candidate> complete(const Catalogue& catalogue, const std::vector<std::string>& words);

// The user's shortcuts that begin as it was typed.
void add_aliases(std::vector<Candidate>& candidates, const Aliases& aliases,
                 std::string_view typed);

// "word<tab>description", a line each.
std::string candidates_text(const std::vector<Candidate>& candidates);

// The script that a shell reads: bash, zsh or fish.
Result<std::string> completion_script(std::string_view shell);

std::string completion_help();

}  // namespace dockerhub::cli
