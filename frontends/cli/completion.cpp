#include "completion.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "api_command.hpp"
#include "colour.hpp"
#include "command_words.hpp"
#include "commands.hpp"
#include "config_command.hpp"
#include "doctor_command.hpp"
#include "global_options.hpp"
#include "joined_names.hpp"
#include "login_command.hpp"
#include "lookup.hpp"
#include "mcp_command.hpp"
#include "option_parser.hpp"
#include "parameters.hpp"
#include "plugin_command.hpp"
#include "values.hpp"
#include "watch_command.hpp"

namespace dockerhub::cli {

namespace {

struct Shell {
  std::string_view name, script;
};

constexpr std::array<Shell, 3> kShells{{
    {"bash", R"(# Completion of dockerhub for bash: source <(dockerhub completion bash)
_dockerhub() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("${line%%$'\t'*}")
  done < <("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _dockerhub dockerhub
)"},
    {"zsh", R"(#compdef dockerhub
# Completion of dockerhub for zsh: source <(dockerhub completion zsh), after compinit.
_dockerhub() {
  local -a found
  local line
  while IFS= read -r line; do
    found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#found )); then
    _describe -V dockerhub found
  else
    _files
  fi
}
compdef _dockerhub dockerhub
)"},
    {"fish", R"(# Completion of dockerhub for fish: dockerhub completion fish | source
function __dockerhub_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    command $words[1] complete -- $words[2..-1] "$typed" 2>/dev/null
end
complete -c dockerhub -f -a '(__dockerhub_complete)'
)"},
}};

// What the words before the last one mean.
struct Place {
  std::optional<ShortCommand> action;
  const Tool* tool = nullptr;      // named, and no action of it yet
  std::vector<std::string> words;  // positionals: command, module and action among them
  std::string option;              // whose value is next, or empty
  bool is_watch = false;           // what follows is the action that is watched
};

void add(std::vector<Candidate>& candidates, std::string word, std::string_view description = {}) {
  candidates.push_back({std::move(word), std::string(description)});
}

const OptionRow* row_of(const std::vector<OptionRow>& rows, std::string_view argument) {
  const std::string name = dashed(argument);
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& row) {
    const bool is_letter = row.letter != 0 && name == std::string("-") + row.letter;
    return is_letter || name == "--" + row.name ||
           std::any_of(row.aliases.begin(), row.aliases.end(),
                       [&](const std::string& alias) { return name == "--" + dashed(alias); });
  });
  return found == rows.end() ? nullptr : &*found;
}

const Tool* tool_named(const Catalogue& catalogue, std::string_view name) {
  const auto found =
      std::find_if(catalogue.tools.begin(), catalogue.tools.end(),
                   [&](const Tool& tool) { return shown_name(tool.name) == shown_name(name); });
  return found == catalogue.tools.end() ? nullptr : &*found;
}

std::optional<ShortCommand> short_command(const Catalogue& catalogue, std::string_view name) {
  for (const Tool& tool : catalogue.tools) {
    for (const Action& action : tool.actions) {
      if (!action.short_form || dashed(action.short_form->name) != dashed(name)) continue;
      ShortCommand command{&tool, action};
      command.action.positionals = action.short_form->positionals;
      return command;
    }
  }
  return std::nullopt;
}

void take_word(const Catalogue& catalogue, const std::string& word, Place& place) {
  if (place.words.empty() && !place.is_watch && word == "watch") {
    place.is_watch = true;
    return;
  }
  place.words.push_back(word);
  if (place.words.size() == 1 && !is_builtin(word)) {
    place.tool = tool_named(catalogue, word);
    if (place.tool == nullptr) place.action = short_command(catalogue, word);
  } else if (place.words.size() == 2 && place.tool != nullptr) {
    const Result<const Action*> found = find_action(*place.tool, word);
    if (found) place.action = ShortCommand{place.tool, **found};
    place.tool = nullptr;
  }
}

std::vector<OptionRow> options_of_command(std::string_view name) {
  struct Command {
    std::string_view name;
    std::vector<OptionRow> (*options)();
  };
  static constexpr std::array<Command, 9> kWithOptions{{{"api", api_options},
                                                        {"watch", watch_option_rows},
                                                        {"plugin", plugin_options},
                                                        {"login", login_options},
                                                        {"logout", logout_options},
                                                        {"account", login_options},
                                                        {"config", config_options},
                                                        {"doctor", doctor_options},
                                                        {"mcp", mcp_options}}};
  for (const Command& row : kWithOptions) {
    if (row.name == name) return row.options();
  }
  return {};
}

std::vector<OptionRow> rows_at(const Place& place) {
  if (place.action) return options_of(place.action->action);
  std::vector<OptionRow> rows = global_options_beside(nullptr);
  const std::string command = place.words.empty() ? "" : place.words.front();
  for (OptionRow& row : options_of_command(place.is_watch ? "watch" : command))
    rows.push_back(std::move(row));
  return rows;
}

Place place_after(const Catalogue& catalogue, const std::vector<std::string>& words) {
  Place place;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool is_option = words[i].size() > 1 && words[i].front() == '-';
    if (!is_option) {
      take_word(catalogue, words[i], place);
      continue;
    }
    const std::vector<OptionRow> rows = rows_at(place);
    const OptionRow* row = row_of(rows, words[i]);
    if (row == nullptr || !row->takes_value || words[i].find('=') != std::string::npos) continue;
    if (i + 2 == words.size()) place.option = row->name;
    ++i;
  }
  return place;
}

std::vector<Candidate> values_of(const Parameter& parameter) {
  std::vector<Candidate> candidates;
  for (const std::string& choice : parameter.choices) add(candidates, choice);
  return candidates;
}

std::vector<Candidate> option_values(const Place& place) {
  if (place.action) {
    for (const Parameter& parameter : place.action->action.parameters) {
      if (dashed(parameter.name) == place.option) return values_of(parameter);
    }
  }
  std::vector<Candidate> candidates;
  if (place.option == "output") {
    for (std::string& name : format_names()) add(candidates, std::move(name));
  }
  if (place.option == "api") {
    for (std::string& name : api_names()) add(candidates, std::move(name));
  }
  if (place.option == "progress") {
    for (std::string& name : progress_names()) add(candidates, std::move(name));
  }
  if (place.option == "color") {
    for (std::string& name : colour_mode_names()) add(candidates, std::move(name));
  }
  if (!place.words.empty() && place.words.front() == "mcp") {
    for (std::string& value : mcp_option_values(place.option)) add(candidates, std::move(value));
  }
  const bool names_columns = place.option == "columns" || place.option == "sort" ||
                             place.option == "json" || place.option == "fields";
  if (names_columns && place.action) {
    for (const std::string& column : place.action->action.answer.columns) {
      // The kernel's option knows no members of members.
      const bool is_known = place.option != "fields" || column.find('.') == std::string::npos;
      if (is_known) add(candidates, column);
    }
  }
  return candidates;
}

std::vector<Candidate> options_at(const Place& place) {
  std::vector<Candidate> candidates;
  for (const OptionRow& option : rows_at(place)) {
    std::string_view description;
    for (const GlobalOptionRow& row : global_option_rows()) {
      if (row.name == option.name) description = row.help;
    }
    if (place.action) {
      for (const Parameter& parameter : place.action->action.parameters) {
        if (dashed(parameter.name) == option.name) description = parameter.description;
      }
    }
    add(candidates, "--" + option.name, description);
  }
  return candidates;
}

// Short forms, and modules.
std::vector<Candidate> actions(const Catalogue& catalogue) {
  std::vector<Candidate> candidates;
  for (const Tool& tool : catalogue.tools) {
    for (const Action& action : tool.actions) {
      if (action.short_form) add(candidates, action.short_form->name, action.summary);
    }
  }
  for (const Tool& tool : catalogue.tools)
    add(candidates, shown_name(tool.name), tool.summary.empty() ? tool.title : tool.summary);
  return candidates;
}

std::vector<Candidate> commands(const Catalogue& catalogue) {
  std::vector<Candidate> candidates = actions(catalogue);
  for (const CommandRow& row : kCommands) add(candidates, std::string(row.name), row.help);
  return candidates;
}

std::vector<Candidate> actions_of(const Tool& tool) {
  std::vector<Candidate> candidates;
  for (const Action& action : tool.actions) add(candidates, dashed(action.name), action.summary);
  add(candidates, "describe", "the actions as data");
  return candidates;
}

// "config show|get|set": the words that may follow "config".
std::vector<Candidate> subcommands(std::string_view command) {
  std::vector<Candidate> candidates;
  for (const CommandRow& row : kCommands) {
    if (row.name != command) continue;
    std::string_view usage = row.usage.substr(std::min(row.usage.size(), row.name.size() + 1));
    const auto is_for_the_user = [](char c) {
      return c == '[' || c == '<' || (c >= 'A' && c <= 'Z');
    };
    if (std::any_of(usage.begin(), usage.end(), is_for_the_user)) break;
    while (!usage.empty()) {
      const std::size_t bar = usage.find('|');
      add(candidates, std::string(usage.substr(0, bar)));
      usage.remove_prefix(bar == std::string_view::npos ? usage.size() : bar + 1);
    }
  }
  return candidates;
}

std::vector<Candidate> words_at(const Catalogue& catalogue, const Place& place) {
  if (place.words.empty()) return place.is_watch ? actions(catalogue) : commands(catalogue);
  if (place.tool != nullptr) return actions_of(*place.tool);
  if (place.action) {
    const Action& action = place.action->action;
    const std::size_t behind =
        place.action->action.short_form && dashed(action.short_form->name) == dashed(place.words[0])
            ? 1
            : 2;
    const auto first = std::min(place.words.size(), behind);
    const std::vector<std::string> given(
        std::next(place.words.begin(), static_cast<std::ptrdiff_t>(first)), place.words.end());
    const std::size_t index = names_apart(action, given).size();
    if (index >= action.positionals.size()) return {};
    const Parameter* parameter = action.find_parameter(action.positionals[index]);
    return parameter == nullptr ? std::vector<Candidate>() : values_of(*parameter);
  }
  if (place.words.size() != 1) return {};
  return place.words.front() == "help" ? commands(catalogue) : subcommands(place.words.front());
}

}  // namespace

std::vector<Candidate> complete(const Catalogue& catalogue, const std::vector<std::string>& words) {
  const std::string typed = words.empty() ? std::string() : words.back();
  const Place place = place_after(catalogue, words);
  std::vector<Candidate> candidates;
  if (!place.option.empty()) {
    candidates = option_values(place);
  } else if (!typed.empty() && typed.front() == '-') {
    candidates = options_at(place);
  } else {
    candidates = words_at(catalogue, place);
  }
  const auto is_other = [&](const Candidate& candidate) {
    return dashed(candidate.word).compare(0, typed.size(), dashed(typed)) != 0;
  };
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_other),
                   candidates.end());
  return candidates;
}

void add_aliases(std::vector<Candidate>& candidates, const Aliases& aliases,
                 std::string_view typed) {
  for (const auto& [name, words] : aliases) {
    if (name.compare(0, typed.size(), dashed(typed)) == 0) add(candidates, name, shell_text(words));
  }
}

std::string candidates_text(const std::vector<Candidate>& candidates) {
  std::string text;
  for (const Candidate& candidate : candidates)
    text += visible(candidate.word) + "\t" + visible(candidate.description) + "\n";
  return text;
}

Result<std::string> completion_script(std::string_view shell) {
  for (const Shell& row : kShells) {
    if (row.name == shell) return std::string(row.script);
  }
  return Failure(usage_error("There is no completion for \"" + visible(shell) + "\".",
                             "Use bash, zsh or fish."));
}

std::string completion_help() {
  return "Usage: dockerhub completion bash|zsh|fish\n\n"
         "Prints what the shell has to read, so that it completes commands, modules, actions, "
         "options and\n"
         "values: source <(dockerhub completion bash) in ~/.bashrc, the same with zsh in "
         "~/.zshrc,\n"
         "dockerhub completion fish | source in fish's config.\n";
}

}  // namespace dockerhub::cli
