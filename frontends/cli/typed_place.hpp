// Where on a command line a word stands that is being typed: what the words before it mean. Free functions; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "lookup.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

struct TypedPlace {
  std::optional<ShortCommand> action;
  const Tool* tool = nullptr;      // named, and no action of it yet
  std::vector<std::string> words;  // positionals: command, module and action among them
  std::string option;              // whose value is typed, or empty
  bool is_watch = false;           // what follows is the action that is watched
  // Options with their values by OptionRow::name; positionals only of an action, names taken apart.
  ParsedOptions given;
};

// `words`: those behind the program's name, the last of which is being typed.
TypedPlace place_after(const Catalogue& catalogue, const std::vector<std::string>& words);

// The options that may stand there.
std::vector<OptionRow> rows_at(const TypedPlace& place);

// The parameter whose value is typed; it lives as long as the place. nullptr: none is.
const Parameter* parameter_at(const TypedPlace& place);

}  // namespace dockerhub::cli
