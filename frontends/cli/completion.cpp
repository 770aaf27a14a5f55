#include "completion.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "api_command.hpp"
#include "colour.hpp"
#include "command_words.hpp"
#include "commands.hpp"
#include "global_options.hpp"
#include "lookup.hpp"
#include "mcp_command.hpp"
#include "typed_place.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

struct Shell {
  std::string_view name, script;
};

constexpr std::array<Shell, 3> kShells{{
    {"bash", R"(# Completion of dockerhub for bash: source <(dockerhub completion bash)
_dockerhub() {
  local line word last before words=()
  # Where a colon ends a word, acme/app:1 comes as three, and only what is behind the colon is replaced.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    last=$(( ${#words[@]} - 1 ))
    if (( last >= 0 )) && [[ $COMP_WORDBREAKS == *:* && ($word == :* || ${words[last]} == *:) ]]; then
      words[last]+=$word
    else
      words+=("$word")
    fi
  done
  word=${words[${#words[@]} - 1]}
  before=
  [[ $COMP_WORDBREAKS == *:* ]] && before=${word%"${word##*:}"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    COMPREPLY+=("${line#"$before"}")
  done < <("$1" complete -- "${words[@]}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -F _dockerhub dockerhub
)"},
    {"zsh", R"(#compdef dockerhub
# Completion of dockerhub for zsh: source <(dockerhub completion zsh), after compinit.
_dockerhub() {
  local -a found begun
  local line
  while IFS= read -r line; do
    if [[ ${line%%$'\t'*} == */ ]]; then
      begun+=("${${line%%$'\t'*}//:/\\:}")
    else
      found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    fi
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#begun )); then
    _describe -V dockerhub begun -S ''
  fi
  if (( $#found )); then
    _describe -V dockerhub found
  elif (( ! $#begun )); then
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

void add(std::vector<Candidate>& candidates, std::string word, std::string_view description = {}) {
  candidates.push_back({std::move(word), std::string(description)});
}

std::vector<Candidate> values_of(const Parameter& parameter) {
  std::vector<Candidate> candidates;
  for (const std::string& choice : parameter.choices) add(candidates, choice);
  return candidates;
}

std::vector<Candidate> option_values(const TypedPlace& place) {
  if (const Parameter* parameter = parameter_at(place)) return values_of(*parameter);
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

std::vector<Candidate> options_at(const TypedPlace& place) {
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
  for (const ShortFormLine& line : short_forms(catalogue)) add(candidates, line.name, line.summary);
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

std::vector<Candidate> words_at(const Catalogue& catalogue, const TypedPlace& place) {
  if (place.words.empty()) return place.is_watch ? actions(catalogue) : commands(catalogue);
  if (place.tool != nullptr) return actions_of(*place.tool);
  if (place.action) {
    const Parameter* parameter = parameter_at(place);
    return parameter == nullptr ? std::vector<Candidate>() : values_of(*parameter);
  }
  if (place.words.size() != 1) return {};
  return place.words.front() == "help" ? commands(catalogue) : subcommands(place.words.front());
}

}  // namespace

std::vector<Candidate> complete(const Catalogue& catalogue, const std::vector<std::string>& words) {
  const std::string typed = words.empty() ? std::string() : words.back();
  const TypedPlace place = place_after(catalogue, words);
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
         "dockerhub completion fish | source in fish's config.\n\n"
         "Examples:\n"
         "  source <(dockerhub completion bash)\n"
         "  dockerhub completion fish > ~/.config/fish/completions/dockerhub.fish\n";
}

}  // namespace dockerhub::cli
