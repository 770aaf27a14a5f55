#include <cmath>

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

// Bytes of a schema in an error, which is read beside what went wrong.
constexpr std::size_t kMostInError = std::size_t{4} * 1024;

// JSON Schema's name of a type; nullptr: any.
const char* schema_type(ParameterType type) {
  switch (type) {
    case ParameterType::integer:
      return "integer";
    case ParameterType::number:
      return "number";
    case ParameterType::boolean:
      return "boolean";
    case ParameterType::array:
      return "array";
    case ParameterType::object:
      return "object";
    case ParameterType::any:
      return nullptr;
    case ParameterType::string:
    case ParameterType::repository:
    case ParameterType::store:
      break;
  }
  return "string";
}

void put_type(json::Writer& writer, ParameterType type) {
  const char* name = schema_type(type);
  if (name == nullptr) return;
  writer.Key("type");
  writer.String(name);
}

void put_bound(json::Writer& writer, const char* key, const std::optional<double>& bound) {
  if (!bound) return;
  constexpr double kMost = 0x1p53;  // up to here a double tells each integer from the next
  writer.Key(key);
  const bool is_in_range = *bound >= -kMost && *bound <= kMost;
  if (is_in_range && std::trunc(*bound) == *bound) {
    writer.Int64(static_cast<std::int64_t>(*bound));
  } else {
    writer.Double(*bound);
  }
}

void put_size(json::Writer& writer, const char* key, const std::optional<std::size_t>& size) {
  if (!size) return;
  writer.Key(key);
  writer.Uint64(*size);
}

void put_choices(json::Writer& writer, const std::vector<std::string>& choices) {
  if (choices.empty()) return;
  writer.Key("enum");
  writer.StartArray();
  for (const std::string& choice : choices) json::put(writer, choice);
  writer.EndArray();
}

void put_items(json::Writer& writer, const Parameter& parameter) {
  writer.Key("items");
  writer.StartObject();
  put_type(writer, parameter.item_type);
  put_choices(writer, parameter.choices);
  writer.EndObject();
  put_size(writer, "minItems", parameter.min_items);
  put_size(writer, "maxItems", parameter.max_items);
}

void put_property(json::Writer& writer, const Parameter& parameter, bool compact) {
  writer.StartObject();
  put_type(writer, parameter.type);
  if (!compact && !parameter.description.empty()) {
    writer.Key("description");
    json::put(writer, parameter.description);
  }
  if (parameter.type == ParameterType::array) {
    put_items(writer, parameter);
  } else {
    put_choices(writer, parameter.choices);
  }
  put_bound(writer, "minimum", parameter.minimum);
  put_bound(writer, "maximum", parameter.maximum);
  put_size(writer, "minLength", parameter.min_length);
  put_size(writer, "maxLength", parameter.max_length);
  if (!parameter.pattern.empty()) {
    writer.Key("pattern");
    json::put(writer, "^(?:" + parameter.pattern + ")$");
  }
  if (!parameter.default_json.empty() && !parameter.secret) {
    writer.Key("default");
    json::put_raw(writer, parameter.default_json);
  }
  writer.EndObject();
}

std::string property_details(const Parameter& parameter) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("properties");
  writer.StartObject();
  json::put_key(writer, parameter.name);
  put_property(writer, parameter, false);
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::string input_schema(const Action& action, bool compact) {
  if (!action.input_schema.empty()) return action.input_schema;
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("type");
  writer.String("object");
  writer.Key("properties");
  writer.StartObject();
  for (const Parameter& parameter : action.parameters) {
    json::put_key(writer, parameter.name);
    put_property(writer, parameter, compact);
  }
  writer.EndObject();
  writer.Key("required");
  writer.StartArray();
  for (const Parameter& parameter : action.parameters) {
    if (parameter.required) json::put(writer, parameter.name);
  }
  writer.EndArray();
  writer.Key("additionalProperties");
  writer.Bool(false);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string schema_details(const Action& action, std::string_view parameter) {
  for (const bool compact : {false, true}) {
    const std::string schema = input_schema(action, compact);
    if (schema.size() <= kMostInError) return "{\"schema\":" + schema + "}";
  }
  // Of a schema of the module's own, a part may mean nothing by itself.
  const Parameter* wrong = action.input_schema.empty() ? action.find_parameter(parameter) : nullptr;
  std::string details = wrong == nullptr ? std::string() : property_details(*wrong);
  return details.size() <= kMostInError ? details : std::string();
}

}  // namespace dockerhub
