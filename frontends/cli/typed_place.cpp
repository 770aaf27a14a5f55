#include "typed_place.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "api_command.hpp"
#include "commands.hpp"
#include "config_command.hpp"
#include "doctor_command.hpp"
#include "global_options.hpp"
#include "joined_names.hpp"
#include "login_command.hpp"
#include "mcp_command.hpp"
#include "parameters.hpp"
#include "plugin_command.hpp"
#include "watch_command.hpp"

namespace dockerhub::cli {

namespace {

const OptionRow* row_of(const std::vector<OptionRow>& rows, std::string_view argument) {
  const std::string name = dashed(argument.substr(0, argument.find('=')));
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
  std::vector<ShortCommand> found = with_short_form(catalogue, name);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void take_word(const Catalogue& catalogue, const std::string& word, TypedPlace& place) {
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

// Takes the option words[index], and its value where that is another word. The last word is still being typed.
std::size_t take_option(const std::vector<std::string>& words, std::size_t index,
                        TypedPlace& place) {
  const std::vector<OptionRow> rows = rows_at(place);
  const OptionRow* row = row_of(rows, words[index]);
  if (row == nullptr) return index;
  std::vector<std::string>& values = place.given.values[row->name];
  const std::size_t equals = words[index].find('=');
  if (equals != std::string::npos) {
    values.push_back(words[index].substr(equals + 1));
    return index;
  }
  if (!row->takes_value) {
    values.emplace_back("true");
    return index;
  }
  if (index + 2 < words.size()) {
    values.push_back(words[index + 1]);
    return index + 1;
  }
  place.option = row->name;
  if (values.empty()) place.given.values.erase(row->name);
  return index + 1;
}

// What the action was given by its places.
std::vector<std::string> positionals_of(const TypedPlace& place) {
  const Action& action = place.action->action;
  const std::size_t behind =
      action.short_form && dashed(action.short_form->name) == dashed(place.words[0]) ? 1 : 2;
  const auto first = std::min(place.words.size(), behind);
  const std::vector<std::string> words(
      std::next(place.words.begin(), static_cast<std::ptrdiff_t>(first)), place.words.end());
  return names_apart(action, words);
}

}  // namespace

TypedPlace place_after(const Catalogue& catalogue, const std::vector<std::string>& words) {
  TypedPlace place;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].size() > 1 && words[i].front() == '-') {
      i = take_option(words, i, place);
    } else {
      take_word(catalogue, words[i], place);
    }
  }
  if (place.action) place.given.positionals = positionals_of(place);
  return place;
}

std::vector<OptionRow> rows_at(const TypedPlace& place) {
  if (place.action) return options_of(place.action->action);
  std::vector<OptionRow> rows = global_options_beside(nullptr);
  const std::string command = place.words.empty() ? "" : place.words.front();
  for (OptionRow& row : options_of_command(place.is_watch ? "watch" : command))
    rows.push_back(std::move(row));
  return rows;
}

const Parameter* parameter_at(const TypedPlace& place) {
  if (!place.action) return nullptr;
  const Action& action = place.action->action;
  if (!place.option.empty()) {
    for (const Parameter& parameter : action.parameters) {
      if (dashed(parameter.name) == place.option) return &parameter;
    }
    return nullptr;
  }
  const std::size_t index = place.given.positionals.size();
  return index < action.positionals.size() ? action.find_parameter(action.positionals[index])
                                           : nullptr;
}

}  // namespace dockerhub::cli
