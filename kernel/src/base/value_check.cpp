#include "base/value_check.hpp"

#include <charconv>

#include "base/pattern.hpp"
#include "base/repository_name.hpp"
#include "base/utf8.hpp"

namespace dockerhub {
namespace {

using Problem = std::optional<std::string>;

std::string shown(const Parameter& parameter, const json::Value& value) {
  constexpr std::size_t kMaxShown = 60;
  if (parameter.secret) return "a secret value";
  std::string text = visible(value.IsString() ? json::view(value) : json::write(value));
  if (text.size() > kMaxShown) text = std::string(whole_characters(text, kMaxShown)) + "...";
  return "'" + text + "'";
}

std::string number_text(double number) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return error == std::errc() ? std::string(buffer, end) : std::to_string(number);
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  return count;
}

std::string type_text(ParameterType type) {
  switch (type) {
    case ParameterType::integer:
      return "an integer";
    case ParameterType::array:
      return "an array";
    case ParameterType::object:
      return "an object";
    case ParameterType::number:
      return "a number";
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::repository:
      return "a repository name";
    case ParameterType::store:
      return "the name of a store";
    case ParameterType::string:
    case ParameterType::any:
      break;
  }
  return "a string";
}

Problem wrong_type(const Parameter& parameter, ParameterType type, const json::Value& value) {
  return "must be " + type_text(type) + ", is " + shown(parameter, value);
}

template <typename Number>
bool number_from_text(json::Value& value) {
  if (!value.IsString()) return false;
  const std::string_view text = json::view(value);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return false;
  value = json::Value(number);
  return true;
}

void boolean_from_text(json::Value& value) {
  if (!value.IsString()) return;
  const std::string_view text = json::view(value);
  if (text == "true" || text == "True") value.SetBool(true);
  if (text == "false" || text == "False") value.SetBool(false);
}

// An integral 5.0 is the integer 5, as JSON Schema has it.
void integer_from_double(json::Value& value) {
  constexpr double kExact = 9007199254740992.0;
  if (!value.IsDouble()) return;
  const double number = value.GetDouble();
  if (number >= -kExact && number <= kExact &&
      number == static_cast<double>(static_cast<std::int64_t>(number))) {
    value.SetInt64(static_cast<std::int64_t>(number));
  }
}

bool has_type(ParameterType type, json::Value& value) {
  switch (type) {
    case ParameterType::integer:
      integer_from_double(value);
      return value.IsInt64() || number_from_text<std::int64_t>(value);
    case ParameterType::number:
      return value.IsNumber() || number_from_text<double>(value);
    case ParameterType::boolean:
      boolean_from_text(value);
      return value.IsBool();
    case ParameterType::array:
      return value.IsArray();
    case ParameterType::object:
      return value.IsObject();
    case ParameterType::any:
      return true;
    case ParameterType::string:
    case ParameterType::repository:
    case ParameterType::store:
      break;
  }
  return value.IsString();
}

Problem check_choices(const Parameter& parameter, const json::Value& value) {
  if (parameter.choices.empty() || !value.IsString()) return std::nullopt;
  const std::string text(json::view(value));
  std::string all;
  for (const std::string& choice : parameter.choices) {
    if (choice == text) return std::nullopt;
    all += (all.empty() ? "" : ", ") + choice;
  }
  const std::string near = likely(text, parameter.choices);
  return "must be one of " + all + "; is " + shown(parameter, value) +
         (near.empty() ? "" : " (did you mean '" + near + "'?)");
}

Problem check_range(const Parameter& parameter, const json::Value& value) {
  if (!value.IsNumber()) return std::nullopt;
  const double number = value.GetDouble();
  if (parameter.minimum && number < *parameter.minimum) {
    return "must be at least " + number_text(*parameter.minimum) + ", is " +
           shown(parameter, value);
  }
  if (parameter.maximum && number > *parameter.maximum) {
    return "must be at most " + number_text(*parameter.maximum) + ", is " + shown(parameter, value);
  }
  return std::nullopt;
}

Problem check_size(const char* unit, std::size_t size, const std::optional<std::size_t>& least,
                   const std::optional<std::size_t>& most) {
  const std::string has = ", has " + std::to_string(size);
  if (least && size < *least)
    return "must have at least " + std::to_string(*least) + " " + unit + has;
  if (most && size > *most) return "must have at most " + std::to_string(*most) + " " + unit + has;
  return std::nullopt;
}

Problem check_pattern(const Parameter& parameter, const std::string& pattern,
                      const json::Value& value) {
  if (pattern.empty() || matches(pattern, json::view(value))) return std::nullopt;
  return "must match " + pattern + ", is " + shown(parameter, value);
}

Problem check_repository(const Parameter& parameter, const json::Value& value) {
  if (value.GetStringLength() > kMaxRepositoryName) {
    return "must have at most " + std::to_string(kMaxRepositoryName) + " characters";
  }
  if (is_repository_name(json::view(value))) return std::nullopt;
  return "must be a repository name in lower case, like library/alpine, is " +
         shown(parameter, value);
}

Problem check_text(const Parameter& parameter, const json::Value& value) {
  if (parameter.wire.place == Wire::Place::path && value.GetStringLength() == 0)
    return "must not be empty";
  Problem problem = check_size("characters", code_points(json::view(value)), parameter.min_length,
                               parameter.max_length);
  if (!problem) problem = check_choices(parameter, value);
  if (!problem) problem = check_pattern(parameter, parameter.pattern, value);
  if (!problem && parameter.type == ParameterType::repository)
    problem = check_repository(parameter, value);
  return problem;
}

Problem check_items(const Parameter& parameter, json::Value& value) {
  Problem problem = check_size("items", value.Size(), parameter.min_items, parameter.max_items);
  for (json::Value& item : value.GetArray()) {
    if (problem) return problem;
    if (!has_type(parameter.item_type, item)) {
      return "must hold items of which each is " + type_text(parameter.item_type) + ", one is " +
             shown(parameter, item);
    }
    problem = check_choices(parameter, item);
  }
  return problem;
}

}  // namespace

std::optional<std::string> check_value(const Parameter& parameter, json::Value& value) {
  if (!has_type(parameter.type, value)) return wrong_type(parameter, parameter.type, value);
  if (value.IsArray() && parameter.type == ParameterType::array)
    return check_items(parameter, value);
  if (value.IsString() && parameter.type != ParameterType::any) return check_text(parameter, value);
  return check_range(parameter, value);
}

}  // namespace dockerhub
