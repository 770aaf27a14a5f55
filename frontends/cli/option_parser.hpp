// The argument parser of every level of the command line: options as rows, what was given as a map.
// Hides CLI11. Names are compared with `-` and `_` alike. Free functions; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct OptionRow {
  std::string name;         // "dry-run": with dashes, without the leading ones
  char letter = 0;          // 'o' for -o, or 0
  bool takes_value = true;  // otherwise a flag: --name, --name=false, --no-name
  std::vector<std::string> aliases;
  bool value_may_lack = false;  // at the end, or before another option: then it is empty
};

struct ParsedOptions {
  // By OptionRow::name, in the order given; of a flag "true", "false" or what stood after its `=`.
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::vector<std::string> positionals;
  // What was wrong; values and positionals hold what was understood nevertheless.
  std::optional<Error> error;

  const std::vector<std::string>* find(std::string_view name) const;
};

enum class Until {
  first_positional,  // positionals: it and everything after it, untouched
  end,
};

ParsedOptions parse_options(const std::vector<OptionRow>& rows,
                            const std::vector<std::string>& arguments, Until until);

// `_` as `-`.
std::string dashed(std::string_view name);

// "a, b, c".
std::string joined(const std::vector<std::string>& names);

Error usage_error(std::string message, std::string hint);

}  // namespace dockerhub::cli
