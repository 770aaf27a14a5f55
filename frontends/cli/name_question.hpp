// What is asked for a word that is being typed, where it names something at Docker Hub: a namespace, repository or
// tag. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

struct NameQuestion {
  std::string target;  // "tool.action", as completion of modules has it
  std::string
      argument;  // as the modules know it: "namespace", "org", "repo", "repository", "tag", "reference"
  std::string before;  // of the word: what is offered stands behind it
  std::string value;   // the rest of it, as far as it is typed
  std::string known;   // a JSON object: the arguments that stand on the line
  Action action;
  ParsedOptions given;  // of the line, with the word itself
};

// `words`: those behind the program's name, the last of which is being typed. nullopt: it is no such name, or one in
// another registry, or what it belongs to is not known yet.
std::optional<NameQuestion> name_question(const Catalogue& catalogue,
                                          const std::vector<std::string>& words);

}  // namespace dockerhub::cli
