#include "row_text.hpp"

#include "json.hpp"
#include "lookup.hpp"
#include "option_parser.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

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

std::string placeholder(const std::string& name, bool is_required) {
  return is_required ? " <" + dashed(name) + ">" : " [" + dashed(name) + "]";
}

}  // namespace

std::string command_of(const Tool& tool, const Action& action) {
  std::string command = shown_name(tool.name) + " " + dashed(action.name);
  for (const std::string& name : action.positionals) {
    const Parameter* parameter = action.find_parameter(name);
    command += placeholder(name, parameter != nullptr && parameter->required);
  }
  return command;
}

std::string usage_of(const ShortFormLine& short_form) {
  std::string command = short_form.name;
  for (const auto& [name, is_required] : short_form.positionals)
    command += placeholder(name, is_required);
  return command;
}

std::string type_of(const Parameter& parameter) {
  const bool is_list = parameter.type == ParameterType::array;
  const ParameterType type = is_list ? parameter.item_type : parameter.type;
  return std::string(parameter_type_name(type)) + (is_list ? ",..." : "");
}

std::string rules_of(const Parameter& parameter) {
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

std::string effects_of(const Action& action) {
  std::string text(effect_name(action.effect));
  for (const EffectCondition& condition : action.effect_conditions) {
    text += "; " + std::string(effect_name(condition.effect)) + " with --" +
            dashed(condition.parameter);
    if (!condition.equals_json.empty()) text += "=" + condition.equals_json;
  }
  return text;
}

std::string deprecation_of(const Action& action) {
  if (action.deprecated_since.empty()) return {};
  return "Deprecated since " + action.deprecated_since +
         (action.deprecated_use.empty() ? "." : "; use " + action.deprecated_use + ".");
}

}  // namespace dockerhub::cli
