// The parameters of an action: as options of the command line, and from what was given to the JSON
// object of a call.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "global_options.hpp"
#include "option_parser.hpp"
#include "prompter.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// Its parameters by name and alias, and the global options that it leaves room for.
std::vector<OptionRow> options_of(const Action& action);

// JSON object of everything given: --params, then positionals and options (which win), then for
// secret parameters the environment variable and the prompt. Reads files and standard input.
Result<std::string> parameters_json(const Action& action, const ParsedOptions& parsed,
                                    const GlobalOptions& options, TextSource& source,
                                    Prompter& prompter);

}  // namespace dockerhub::cli
