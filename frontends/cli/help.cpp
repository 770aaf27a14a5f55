#include "help.hpp"

#include <array>

#include "commands.hpp"
#include "example.hpp"
#include "global_options.hpp"
#include "json.hpp"
#include "lookup.hpp"
#include "row_text.hpp"
#include "text_width.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kMaxNameWidth = 30;

struct Line {
  std::string name, text;
};

// Two columns, the second wrapped.
std::string two_columns(const std::vector<Line>& lines) {
  std::size_t width = 0;
  for (const Line& line : lines) {
    const std::size_t columns = display_width(line.name);
    if (columns <= kMaxNameWidth) width = std::max(width, columns);
  }
  const std::size_t start = kIndent + width + kIndent;
  std::string text;
  for (const Line& line : lines) {
    const std::size_t columns = display_width(line.name);
    text.append(kIndent, ' ').append(line.name);
    if (!line.text.empty()) {
      if (columns > width) {
        text.append("\n").append(start, ' ');
      } else {
        text.append(start - kIndent - columns, ' ');
      }
      text += wrapped(line.text, start, kWidth);
    }
    text += '\n';
  }
  return text;
}

std::string paragraph(const std::string& text) {
  return text.empty() ? std::string() : wrapped(text, 0, kWidth) + "\n\n";
}

std::string global_options_text(const Action* action) {
  std::vector<Line> lines;
  for (const OptionRow& option : global_options_beside(action)) {
    for (const GlobalOptionRow& row : global_option_rows()) {
      if (row.name != option.name) continue;
      std::string name = row.letter == 0 ? "    " : std::string("-") + row.letter + ", ";
      name.append("--").append(row.name);
      if (!row.value_name.empty()) name.append(" ").append(row.value_name);
      lines.push_back({std::move(name), std::string(row.help)});
    }
  }
  return two_columns(lines);
}

std::string summary_of(const Action& action) {
  std::string text = action.summary.empty() ? action.title : action.summary;
  const Effect worst = action.worst_effect();
  if (worst != Effect::read) {
    text += action.effect == worst ? " [" : " [may be ";
    text += std::string(effect_name(worst)) + "]";
  }
  if (!action.deprecated_since.empty()) text += " [deprecated]";
  return text;
}

std::string parameters_text(const Action& action) {
  std::vector<Line> lines;
  for (const Parameter& parameter : action.parameters) {
    const std::string type = type_of(parameter);
    const bool is_flag = parameter.type == ParameterType::boolean;
    lines.push_back(
        {option_of(parameter) + (is_flag ? "" : " <" + type + ">"), rules_of(parameter)});
  }
  return two_columns(lines);
}

std::string effect_text(const Action& action) {
  std::string text = "Effect: " + effects_of(action) + ".";
  if (action.worst_effect() == Effect::destructive) {
    text +=
        " What destroys something needs the open gate (--allow-destructive, or "
        "DOCKERHUB_ALLOW_DESTRUCTIVE=true) and your consent: typed on a terminal, or --yes.";
  }
  return text;
}

std::string usage_text(const Tool& tool, const Action& action) {
  std::string text = "Usage: dockerhub [options] " + command_of(tool, action);
  if (!action.parameters.empty()) text += " [--parameter value ...]";
  if (const auto line = short_form_line(action))
    text += "\n  or:  dockerhub [options] " + usage_of(*line) + " [--parameter value ...]";
  return text + "\n\n";
}

// The short forms, by what they do to things.
std::string commands_by_purpose(const Catalogue& catalogue) {
  struct Purpose {
    Effect effect;
    const char* title;
  };
  static constexpr std::array<Purpose, 3> kPurposes{
      {{Effect::read, "Look at things"},
       {Effect::write, "Make and change things"},
       {Effect::destructive, "Replace and take away things"}}};
  const std::vector<ShortFormLine> commands = short_forms(catalogue);
  std::string text;
  for (const Purpose& purpose : kPurposes) {
    std::vector<Line> lines;
    for (const ShortFormLine& command : commands) {
      if (command.worst_effect == purpose.effect)
        lines.push_back({usage_of(command), command.summary});
    }
    if (!lines.empty()) text += std::string("\n") + purpose.title + ":\n" + two_columns(lines);
  }
  return text;
}

std::string deprecated_text(const Action& action) {
  return paragraph(deprecation_of(action));
}

}  // namespace

std::vector<OptionRow> help_options() {
  return {{"markdown", 0, false, {}}};
}

std::string help_of_help() {
  return "Usage: dockerhub help [<module> [<action>]]\n"
         "  or:  dockerhub help <command>|exit-codes\n"
         "  or:  dockerhub help --markdown <module>\n\n"
         "Shows the help of the program, a module, an action, a command or a shortcut of yours.\n"
         "`exit-codes` tells what the exit code says; --markdown gives a module's reference as a "
         "page.\n\n"
         "Examples:\n"
         "  dockerhub help repos list\n"
         "  dockerhub help exit-codes\n";
}

std::string help_of_program(const std::string& name) {
  const std::string shown = visible(dashed(name));
  return "`" + shown + "` is the program dockerhub-" + shown +
         " on the PATH. It has its own help: `dockerhub " + shown + " --help`, if it knows that.\n";
}

std::string program_help(const Catalogue& catalogue) {
  std::string text =
      "Usage: dockerhub [options] <module> <action> [--parameter value ...]\n"
      "  or:  dockerhub [options] <command> [value ...] [--parameter value ...]\n";
  text += commands_by_purpose(catalogue);
  std::vector<Line> lines;
  for (const Tool& tool : catalogue.tools) {
    lines.push_back({shown_name(tool.name), tool.summary.empty() ? tool.title : tool.summary});
  }
  if (lines.empty()) lines.push_back({"(none)", "`dockerhub plugin list` says why"});
  text += "\nModules, with all actions:\n" + two_columns(lines);
  lines.clear();
  for (const CommandRow& command : kCommands)
    lines.push_back({std::string(command.usage), std::string(command.help)});
  text += "\nThis program:\n" + two_columns(lines);
  text += "\nOptions:\n" + global_options_text(nullptr);
  text += "\nRun `dockerhub <module> --help` for the actions of a module.\n";
  return visible(text, true);
}

std::string tool_help(const Tool& tool) {
  const std::string name = shown_name(tool.name);
  std::string text = "Usage: dockerhub [options] " + name + " <action> [--parameter value ...]\n\n";
  text += paragraph(tool.description.empty() ? tool.summary : tool.description);
  std::vector<Line> lines;
  for (const Action& action : tool.actions)
    lines.push_back({dashed(action.name), summary_of(action)});
  text += "Actions:\n" + two_columns(lines);
  text += "\nOptions:\n" + global_options_text(nullptr);
  text += "\nRun `dockerhub " + name + " <action> --help` for the parameters of an action.\n";
  return visible(text, true);
}

std::string action_help(const Tool& tool, const Action& action) {
  std::string text = usage_text(tool, action);
  text += paragraph(action.summary);
  if (action.description != action.summary) text += paragraph(action.description);
  text += deprecated_text(action);
  text += paragraph(effect_text(action));
  if (!action.parameters.empty()) text += "Parameters:\n" + parameters_text(action) + "\n";
  text += "Examples:\n";
  for (const std::string& example : examples_of(tool, action)) text += "  " + example + "\n";
  text += "\nOptions:\n" + global_options_text(&action);
  return visible(text, true);
}

}  // namespace dockerhub::cli
