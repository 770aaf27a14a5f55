#include "example.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "json.hpp"
#include "lookup.hpp"
#include "option_parser.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

// Quoted for a shell where it needs to be.
std::string shell_quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@+%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string shell = "'";
  for (const char c : text) shell += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return shell + "'";
}

// A text as it has to be given so that it is taken literally.
std::string literal(const json::Value& value) {
  if (!value.IsString()) return json::write(value);
  const std::string text(json::view(value));
  return !text.empty() && text.front() == '@' ? "@" + text : text;
}

bool all_simple_texts(const json::Value& list) {
  return std::all_of(list.Begin(), list.End(), [](const json::Value& item) {
    return item.IsString() && json::view(item).find(',') == std::string_view::npos &&
           item.GetStringLength() != 0;
  });
}

std::string list_literal(const json::Value& list) {
  if (list.Empty() || !all_simple_texts(list)) return json::write(list);
  std::string text;
  for (const auto& item : list.GetArray())
    text.append(text.empty() ? "" : ",").append(json::view(item));
  return text;
}

std::string option_text(const Parameter& parameter, const json::Value& value) {
  const std::string option = option_of(parameter);
  if (parameter.secret) return option + " @" + dashed(parameter.name) + ".txt";
  if (value.IsBool()) return value.GetBool() ? option : option + "=false";
  return option + " " + shell_quoted(value.IsArray() ? list_literal(value) : literal(value));
}

std::string placeholder(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::integer:
    case ParameterType::number:
      return "1";
    case ParameterType::boolean:
      return "true";
    case ParameterType::array:
      return "[]";
    case ParameterType::object:
      return "{}";
    default:
      return json::quote(parameter.choices.empty() ? dashed(parameter.name)
                                                   : parameter.choices.front());
  }
}

// The required parameters with their examples.
std::string required_params(const Action& action) {
  std::string object;
  for (const Parameter& parameter : action.parameters) {
    if (!parameter.required) continue;
    const std::string value =
        parameter.example_json.empty() ? placeholder(parameter) : parameter.example_json;
    object.append(object.empty() ? "" : ",")
        .append(json::quote(parameter.name))
        .append(":")
        .append(value);
  }
  return "{" + object + "}";
}

// A value that stands for itself where the action takes it without an option.
std::optional<std::string> positional_text(const Parameter& parameter, const json::Value& value) {
  if (parameter.secret || value.IsObject() || (value.IsArray() && !all_simple_texts(value)))
    return std::nullopt;
  std::string text = value.IsArray() ? list_literal(value) : literal(value);
  if (text.empty() || text.front() == '-') return std::nullopt;
  return shell_quoted(text);
}

class CommandLine {
 public:
  CommandLine(const Action& action, const json::Value& params) : action_(action), params_(params) {}

  std::string text() {
    for (const std::string& name : action_.positionals) {
      if (!add_positional(name)) break;
    }
    for (const auto& member : params_.GetObject()) {
      const Parameter* parameter = action_.find_parameter(json::view(member.name));
      if (parameter != nullptr && written_.count(parameter) == 0)
        text_ += " " + option_text(*parameter, member.value);
    }
    return std::move(text_);
  }

 private:
  // False where no positional can follow.
  bool add_positional(const std::string& name) {
    const Parameter* parameter = action_.find_parameter(name);
    const json::Value* value = json::find(params_, name);
    if (parameter == nullptr || value == nullptr) return false;
    const auto text = positional_text(*parameter, *value);
    if (!text) return false;
    text_ += " " + *text;
    written_.insert(parameter);
    return true;
  }

  const Action& action_;
  const json::Value& params_;
  std::set<const Parameter*> written_;
  std::string text_;
};

std::string command_line(const Tool& tool, const Action& action, const std::string& params) {
  std::string line = "dockerhub ";
  if (action.effect == Effect::destructive) line += "--allow-destructive ";
  line += shown_name(tool.name) + " " + dashed(action.name);
  const auto object = json::parse(params);
  if (!object || !object->IsObject()) return line;
  return line + CommandLine(action, *object).text();
}

}  // namespace

std::vector<std::string> examples_of(const Tool& tool, const Action& action) {
  std::vector<std::string> lines;
  for (const std::string& params : action.examples)
    lines.push_back(command_line(tool, action, params));
  if (lines.empty()) lines.push_back(command_line(tool, action, required_params(action)));
  return lines;
}

}  // namespace dockerhub::cli
