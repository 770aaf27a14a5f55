#include "help.hpp"

#include "example.hpp"
#include "global_options.hpp"
#include "json.hpp"
#include "lookup.hpp"
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

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

// "3" for a whole number, otherwise its shortest form.
std::string bound_text(double number) {
  std::string text = json::write(json::Value(number));
  if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) text.resize(text.size() - 2);
  return text;
}

template <typename Number>
std::string range_text(const std::optional<Number>& least, const std::optional<Number>& most,
                       const std::string& unit) {
  if (!least && !most) return {};
  const auto text = [](Number number) { return bound_text(static_cast<double>(number)); };
  if (!most) return " At least " + text(*least) + unit + ".";
  if (!least) return " At most " + text(*most) + unit + ".";
  return " " + text(*least) + " to " + text(*most) + unit + ".";
}

std::string type_text(const Parameter& parameter) {
  if (parameter.type == ParameterType::boolean) return {};
  if (parameter.type != ParameterType::array) {
    return " <" + std::string(parameter_type_name(parameter.type)) + ">";
  }
  return " <" + std::string(parameter_type_name(parameter.item_type)) + ",...>";
}

std::string rules_text(const Parameter& parameter) {
  std::string text;
  if (parameter.required) text += "Required. ";
  text += parameter.description;
  if (!text.empty() && text.back() != '.' && text.back() != ' ') text += '.';
  if (!parameter.choices.empty()) text += " One of: " + joined(parameter.choices) + ".";
  text += range_text(parameter.minimum, parameter.maximum, "");
  text += range_text(parameter.min_length, parameter.max_length, " characters");
  text += range_text(parameter.min_items, parameter.max_items, " items");
  if (!parameter.default_json.empty()) text += " Default: " + parameter.default_json + ".";
  if (!parameter.aliases.empty()) {
    text += " Also:";
    for (const std::string& alias : parameter.aliases) text += " --" + dashed(alias);
    text += ".";
  }
  if (parameter.secret) {
    text += " Secret: never on the command line; @FILE, - (standard input), the prompt, or " +
            secret_variable(parameter) + ".";
  }
  return text;
}

std::string parameters_text(const Action& action) {
  std::vector<Line> lines;
  for (const Parameter& parameter : action.parameters) {
    lines.push_back({option_of(parameter) + type_text(parameter), rules_text(parameter)});
  }
  return two_columns(lines);
}

std::string effect_text(const Action& action) {
  std::string text = "Effect: " + std::string(effect_name(action.effect));
  for (const EffectCondition& condition : action.effect_conditions) {
    text += "; " + std::string(effect_name(condition.effect)) + " with --" +
            dashed(condition.parameter);
    if (!condition.equals_json.empty()) text += "=" + condition.equals_json;
  }
  text += ".";
  if (action.worst_effect() == Effect::destructive) {
    text +=
        " What destroys something needs the open gate (--allow-destructive, or "
        "DOCKERHUB_ALLOW_DESTRUCTIVE=true) and your consent: typed on a terminal, or --yes.";
  }
  return text;
}

std::string usage_text(const Tool& tool, const Action& action) {
  std::string text =
      "Usage: dockerhub [options] " + shown_name(tool.name) + " " + dashed(action.name);
  for (const std::string& name : action.positionals) {
    const Parameter* parameter = action.find_parameter(name);
    const bool required = parameter != nullptr && parameter->required;
    text += required ? " <" + dashed(name) + ">" : " [" + dashed(name) + "]";
  }
  return text + (action.parameters.empty() ? "\n\n" : " [--parameter value ...]\n\n");
}

std::string deprecated_text(const Action& action) {
  if (action.deprecated_since.empty()) return {};
  return paragraph("Deprecated since " + action.deprecated_since +
                   (action.deprecated_use.empty() ? "." : "; use " + action.deprecated_use + "."));
}

}  // namespace

std::string program_help(const Catalogue& catalogue) {
  std::string text = "Usage: dockerhub [options] <module> <action> [--parameter value ...]\n\n";
  std::vector<Line> lines;
  for (const Tool& tool : catalogue.tools) {
    lines.push_back({shown_name(tool.name), tool.summary.empty() ? tool.title : tool.summary});
  }
  if (lines.empty()) lines.push_back({"(none)", "`dockerhub plugin list` says why"});
  text += "Modules:\n" + two_columns(lines);
  text += "\nCommands:\n" + two_columns({{"plugin list|info|path|trust",
                                          "what modules were found, and which are trusted"},
                                         {"config show|get|set|unset|path|validate",
                                          "settings: what is in force, and changes of yours"},
                                         {"doctor", "what works, what does not, and what to do"},
                                         {"trail verify|path", "the record of what was changed"},
                                         {"help exit-codes", "what the exit codes say"},
                                         {"help <module> [<action>]", "as --help after them"}});
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
