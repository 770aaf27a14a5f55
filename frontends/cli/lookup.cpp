#include "lookup.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "alias_file.hpp"
#include "commands.hpp"
#include "option_parser.hpp"
#include "stores.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kPrefix = "hub-";

bool same_tool(std::string_view name, std::string_view given) {
  return dashed(name) == dashed(given) || shown_name(name) == shown_name(given);
}

bool is_installed(const Kernel& kernel, const Tool& tool) {
  const std::vector<ModuleInfo> modules = kernel.modules();
  return std::any_of(modules.begin(), modules.end(), [&](const ModuleInfo& module) {
    return module.name == tool.module && module.place == "installed" &&
           module.state != ModuleState::refused;
  });
}

Error ambiguous(const std::vector<ShortCommand>& matches, std::string_view name) {
  std::string commands;
  for (const auto& [tool, action] : matches) {
    commands +=
        (commands.empty() ? "`" : ", `") + shown_name(tool->name) + " " + dashed(action.name) + "`";
  }
  return usage_error("`" + std::string(name) + "` is the short form of several actions.",
                     "Write one of " + commands + ".");
}

Error unknown_tool(const Catalogue& catalogue, std::string_view name) {
  std::vector<std::string> names;
  for (const Tool& tool : catalogue.tools) names.push_back(shown_name(tool.name));
  for (const CommandRow& command : kCommands) names.emplace_back(command.name);
  for (ShortFormLine& line : short_forms(catalogue)) names.push_back(std::move(line.name));
  if (const auto aliases = read_aliases(alias_path())) {
    for (const auto& [alias, words] : *aliases) names.push_back(alias);
  }
  const std::string meant = likely(shown_name(name), names);
  Error error;
  error.kind = ErrorKind::unknown_tool;
  error.message = "There is no module or command \"" + std::string(name) + "\".";
  error.hint = meant.empty() ? "Run `dockerhub --help` for the modules and commands there are."
                             : "Did you mean `" + meant + "`?";
  return error;
}

// The kernel answers `describe` for every tool; it is in no catalogue.
const Action& describe_action() {
  static const Action action = [] {
    Action row;
    row.name = "describe";
    row.summary = "What the module's actions are and take, as data";
    Parameter parameter;
    parameter.name = "action";
    parameter.description = "One action; all of them without it";
    row.parameters.push_back(std::move(parameter));
    row.positionals = {"action"};
    return row;
  }();
  return action;
}

// A module that was found and is not available explains itself.
Error absent(const ModuleInfo& module) {
  Error error;
  error.kind = ErrorKind::unknown_tool;
  error.message = "The module \"" + module.name + "\" is " +
                  std::string(module_state_name(module.state)) +
                  (module.reason.empty() ? "." : ": " + module.reason);
  error.hint = "Run `dockerhub plugin info " + module.name + "` for its file and state.";
  return error;
}

}  // namespace

std::string shown_name(std::string_view name) {
  std::string text = dashed(name);
  if (text.compare(0, kPrefix.size(), kPrefix) == 0) text.erase(0, kPrefix.size());
  return text;
}

bool names_tool(const Catalogue& catalogue, std::string_view name) {
  return std::any_of(catalogue.tools.begin(), catalogue.tools.end(),
                     [&](const Tool& tool) { return same_tool(tool.name, name); });
}

bool names_module(const Kernel& kernel, std::string_view name) {
  const std::vector<ModuleInfo> modules = kernel.modules();
  return std::any_of(modules.begin(), modules.end(), [&](const ModuleInfo& module) {
    return !module.name.empty() && same_tool(module.name, name);
  });
}

Result<const Tool*> find_tool(const Catalogue& catalogue, const Kernel& kernel,
                              std::string_view name) {
  for (const Tool& tool : catalogue.tools) {
    if (dashed(tool.name) == dashed(name)) return &tool;
  }
  for (const Tool& tool : catalogue.tools) {
    if (same_tool(tool.name, name)) return &tool;
  }
  for (const ModuleInfo& module : kernel.modules()) {
    const bool absent_one =
        module.state != ModuleState::loaded && module.state != ModuleState::not_loaded;
    if (absent_one && !module.name.empty() && same_tool(module.name, name))
      return Failure(absent(module));
  }
  return Failure(unknown_tool(catalogue, name));
}

Result<const Action*> find_action(const Tool& tool, std::string_view name) {
  if (name == describe_action().name) return &describe_action();
  std::vector<std::string> names{describe_action().name};
  for (const Action& action : tool.actions) {
    if (dashed(action.name) == dashed(name)) return &action;
    names.push_back(dashed(action.name));
  }
  const std::string meant = likely(name, names);
  Error error;
  error.kind = ErrorKind::unknown_action;
  error.message =
      "Module \"" + shown_name(tool.name) + "\" has no action \"" + std::string(name) + "\".";
  error.hint = meant.empty()
                   ? "Run `dockerhub " + shown_name(tool.name) + " --help` for its actions."
                   : "Did you mean `" + meant + "`?";
  return Failure(std::move(error));
}

std::vector<ShortFormLine> short_forms(const Catalogue& catalogue) {
  std::vector<ShortFormLine> all;
  for (const Tool& tool : catalogue.tools) {
    for (ShortFormLine& line : tool.actions.short_forms()) all.push_back(std::move(line));
  }
  return all;
}

std::vector<ShortCommand> with_short_form(const Catalogue& catalogue, std::string_view name) {
  const std::string wanted = dashed(name);
  const auto fits = [&](std::string_view form) { return dashed(form) == wanted; };
  std::vector<ShortCommand> matches;
  for (const Tool& tool : catalogue.tools) {
    for (Action& action : tool.actions.with_short_form(fits)) {
      action.positionals = action.short_form->positionals;
      matches.push_back({&tool, std::move(action)});
    }
  }
  return matches;
}

std::string short_form_meant(const Catalogue& catalogue, const std::string& name,
                             const std::vector<std::string>& words) {
  const bool is_of_store = std::any_of(words.begin(), words.end(),
                                       [](const std::string& word) { return names_store(word); });
  const std::string of_stores = name + "-layout";
  return is_of_store && !with_short_form(catalogue, of_stores).empty() ? of_stores : name;
}

Result<std::optional<ShortCommand>> find_short_form(const Catalogue& catalogue,
                                                    const Kernel& kernel, std::string_view name) {
  for (const Tool& tool : catalogue.tools) {
    if (same_tool(tool.name, name)) return std::nullopt;
  }
  std::vector<ShortCommand> matches = with_short_form(catalogue, name);
  if (matches.size() > 1) {
    const auto foreign = [&](const ShortCommand& match) {
      return !is_installed(kernel, *match.tool);
    };
    const auto kept = std::stable_partition(matches.begin(), matches.end(), foreign);
    if (matches.end() - kept != 1) return Failure(ambiguous(matches, name));
    matches.erase(matches.begin(), kept);
  }
  if (matches.empty()) return std::nullopt;
  return std::move(matches.front());
}

}  // namespace dockerhub::cli
