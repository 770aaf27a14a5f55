#include "values.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "dockerhub/bounded_json.hpp"
#include "document.hpp"
#include "json.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::pair<std::string_view, bool>, 12> kBooleans{{
    {"true", true},
    {"t", true},
    {"1", true},
    {"yes", true},
    {"y", true},
    {"on", true},
    {"false", false},
    {"f", false},
    {"0", false},
    {"no", false},
    {"n", false},
    {"off", false},
}};

Failure wrong(const Parameter& parameter, const std::string& message, std::string hint) {
  Error error = usage_error(option_of(parameter) + ": " + message, std::move(hint));
  error.parameter = parameter.name;
  return Failure(std::move(error));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_integer(std::string_view text) {
  return bounded_json::is_number(text) && text.find_first_of(".eE") == std::string_view::npos;
}

bool is_scalar(ParameterType type) {
  return type != ParameterType::array && type != ParameterType::object &&
         type != ParameterType::any;
}

Result<std::string> text_json(const Parameter& parameter, std::string_view text) {
  std::string quoted = json::quote(text);
  if (!json::parse(quoted)) {
    return wrong(parameter, "the text is not valid UTF-8.", "Convert it to UTF-8 first.");
  }
  return quoted;
}

// A JSON or YAML document that has to be of the parameter's type.
Result<std::string> structured_json(const Parameter& parameter, const SourcedText& given) {
  Result<std::string> document = std::string();
  if (!given.literal) {
    document = document_json(given.text, given.origin);
  } else if (const auto value = json::parse(given.text)) {
    document = json::write(*value);
  } else if (parameter.type == ParameterType::any) {
    return text_json(parameter, given.text);
  } else {
    return wrong(parameter, "\"" + given.text + "\" is not valid JSON.",
                 "Write it as JSON in single quotes, or as @FILE (JSON or YAML).");
  }
  if (!document) return document;
  const char first = document->front();
  if (parameter.type == ParameterType::object && first != '{') {
    return wrong(parameter, "an object is needed.", "Write it like '{\"key\": \"value\"}'.");
  }
  if (parameter.type == ParameterType::array && !given.literal && first != '[') {
    return wrong(parameter, "a list is needed in " + given.origin + ".",
                 "Write it as a JSON or YAML list.");
  }
  return document;
}

// The items of one text for a list, as JSON without the brackets.
Result<std::string> items_json(const Parameter& parameter, const SourcedText& given) {
  const auto inside = [](const std::string& list) { return list.substr(1, list.size() - 2); };
  if (!given.literal) return structured_json(parameter, given).map(inside);
  const std::string_view text = trimmed(given.text);
  if (!text.empty() && text.front() == '[') {
    const auto list = json::parse(text);
    if (list && list->IsArray()) return inside(json::write(*list));
  }
  if (!is_scalar(parameter.item_type)) return structured_json(parameter, given);
  std::string items;
  std::string_view left = given.text;
  while (!left.empty()) {
    const std::size_t comma = left.find(',');
    Result<std::string> item = scalar_json(parameter, parameter.item_type, left.substr(0, comma));
    if (!item) return item;
    items.append(items.empty() ? "" : ",").append(*item);
    left.remove_prefix(comma == std::string_view::npos ? left.size() : comma + 1);
  }
  return items;
}

Result<SourcedText> given_text(const Parameter& parameter, const std::string& text,
                               TextSource& source) {
  if (!parameter.secret) return source.read(text, option_of(parameter));
  return source.read_secret(
      text, option_of(parameter),
      "Give it through a pipe or write @FILE; what is required is asked for where it is left out.");
}

Result<std::string> list_json(const Parameter& parameter, const std::vector<std::string>& texts,
                              TextSource& source) {
  std::string list;
  for (const std::string& text : texts) {
    Result<std::string> items =
        given_text(parameter, text, source).and_then([&](const SourcedText& given) {
          return items_json(parameter, given);
        });
    if (!items) return items;
    if (!items->empty()) list.append(list.empty() ? "" : ",").append(*items);
  }
  return "[" + list + "]";
}

Failure secret_on_command_line(const Parameter& parameter) {
  return wrong(
      parameter, "a secret is never taken from the command line, where others can see it.",
      "Use " + option_of(parameter) + " @FILE, " + option_of(parameter) +
          " - (standard input), the prompt (leave it out on a terminal), or the environment "
          "variable " +
          secret_variable(parameter) + ".");
}

}  // namespace

std::optional<bool> boolean_of(std::string_view text) {
  std::string lower(trimmed(text));
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& [name, value] : kBooleans) {
    if (name == lower) return value;
  }
  return std::nullopt;
}

std::string option_of(const Parameter& parameter) {
  return "--" + dashed(parameter.name);
}

std::string secret_variable(const Parameter& parameter) {
  std::string name = "DOCKERHUB_PARAM_";
  for (const char c : parameter.name) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<std::string> scalar_json(const Parameter& parameter, ParameterType type,
                                std::string_view text) {
  switch (type) {
    case ParameterType::integer:
      text = trimmed(text);
      if (is_integer(text)) return std::string(text);
      return wrong(parameter, "\"" + std::string(text) + "\" is not an integer.",
                   "Give a whole number in decimal digits.");
    case ParameterType::number:
      text = trimmed(text);
      if (bounded_json::is_number(text)) return std::string(text);
      return wrong(parameter, "\"" + std::string(text) + "\" is not a number.",
                   "Give a number like 3, -0.5 or 1e6.");
    case ParameterType::boolean:
      if (const auto value = boolean_of(text)) return std::string(*value ? "true" : "false");
      return wrong(parameter, "\"" + std::string(text) + "\" is neither true nor false.",
                   "Write " + option_of(parameter) + ", " + option_of(parameter) +
                       "=false or --no-" + dashed(parameter.name) + ".");
    default:
      return text_json(parameter, text);
  }
}

Result<std::string> value_json(const Parameter& parameter, const std::vector<std::string>& texts,
                               TextSource& source) {
  if (parameter.secret && !std::all_of(texts.begin(), texts.end(), TextSource::refers)) {
    return secret_on_command_line(parameter);
  }
  if (parameter.type == ParameterType::array) return list_json(parameter, texts, source);
  if (texts.size() > 1) {
    return wrong(parameter, "it was given " + std::to_string(texts.size()) + " times.",
                 "Give it once; it takes a single value.");
  }
  // A store is named, not read: what its text means is decided where it is opened.
  if (parameter.type == ParameterType::store) return text_json(parameter, texts.front());
  return given_text(parameter, texts.front(), source)
      .and_then([&](const SourcedText& given) -> Result<std::string> {
        if (!is_scalar(parameter.type)) return structured_json(parameter, given);
        return scalar_json(parameter, parameter.type,
                           parameter.secret ? without_line_end(given.text) : given.text);
      });
}

}  // namespace dockerhub::cli
