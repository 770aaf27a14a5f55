#include "tool_schema.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace dockerhub::mcp {
namespace {

// The JSON Schema type of a parameter that can be told without nesting; empty for the others.
std::string_view plain_type(ParameterType type) {
  switch (type) {
    case ParameterType::string:
    case ParameterType::repository:
    case ParameterType::store:
      return "string";
    case ParameterType::integer:
      return "integer";
    case ParameterType::number:
      return "number";
    case ParameterType::boolean:
      return "boolean";
    case ParameterType::array:
    case ParameterType::object:
    case ParameterType::any:
      break;
  }
  return {};
}

std::string schema_of(std::string_view type) {
  return R"({"type":")" + std::string(type) + R"("})";
}

// Empty where it would need nesting: some services refuse an object without properties.
std::string plain_schema(const Parameter& parameter) {
  if (parameter.type != ParameterType::array) {
    const std::string_view type = plain_type(parameter.type);
    return type.empty() ? std::string() : schema_of(type);
  }
  const std::string_view items = plain_type(parameter.item_type);
  return items.empty() ? std::string() : R"({"type":"array","items":)" + schema_of(items) + "}";
}

// Every parameter of the tool's actions by name. A name that means different types in different
// actions has no schema: nothing true could be said of it.
std::map<std::string, std::string> all_parameters(const Tool& tool) {
  std::map<std::string, std::string> schemas;
  for (const Action& action : tool.actions) {
    for (const Parameter& parameter : action.parameters) {
      const std::string schema = plain_schema(parameter);
      const auto [known, added] = schemas.emplace(parameter.name, schema);
      if (!added && known->second != schema) known->second.clear();
    }
  }
  return schemas;
}

void put_action(json::Writer& writer, const Tool& tool) {
  json::put_key(writer, argument::kAction);
  writer.StartObject();
  json::put_member(writer, "type", "string");
  writer.Key("enum");
  writer.StartArray();
  for (const Action& action : tool.actions) json::put(writer, action.name);
  json::put(writer, kDescribeAction);
  writer.EndArray();
  json::put_member(writer, "description",
                   "What to do; describe answers the parameters of the actions.");
  writer.EndObject();
}

void put_params(json::Writer& writer, const Tool& tool) {
  std::map<std::string, std::string> schemas = all_parameters(tool);
  // The parameter of `describe` itself, where no action has one of that name.
  schemas.emplace(argument::kAction, schema_of("string"));
  json::put_key(writer, argument::kParams);
  writer.StartObject();
  json::put_member(writer, "type", "object");
  json::put_member(writer, "description",
                   "Parameters of the action, those that its line above names.");
  writer.Key("properties");
  writer.StartObject();
  for (const auto& [name, schema] : schemas) {
    if (schema.empty()) continue;
    json::put_key(writer, name);
    json::put_raw(writer, schema);
  }
  writer.EndObject();
  writer.EndObject();
}

void put_option(json::Writer& writer, std::string_view name, std::string_view type,
                std::string_view description) {
  json::put_key(writer, name);
  writer.StartObject();
  json::put_member(writer, "type", type);
  json::put_member(writer, "description", description);
  writer.EndObject();
}

// An integer above zero; most: 0 for no bound.
void put_number(json::Writer& writer, std::string_view name, std::int64_t most,
                std::string_view description) {
  json::put_key(writer, name);
  writer.StartObject();
  json::put_member(writer, "type", "integer");
  writer.Key("minimum");
  writer.Int(1);
  if (most > 0) {
    writer.Key("maximum");
    writer.Int64(most);
  }
  json::put_member(writer, "description", description);
  writer.EndObject();
}

bool is_list(const Action& action) {
  return action.answer.kind == "items" || (action.request && !action.request->paging_json.empty());
}

// Tools that have nothing to page are spared the words.
bool has_lists(const Tool& tool) {
  return std::any_of(tool.actions.begin(), tool.actions.end(), is_list);
}

}  // namespace

void put_option_schemas(json::Writer& writer, const Action& action, const std::string& mark) {
  const auto named = [&](std::string_view name) { return mark + std::string(name); };
  if (action.worst_effect() != Effect::read) {
    put_option(writer, named(argument::kDryRun), "boolean",
               "Check everything and tell what would be done, but change nothing.");
  }
  if (!is_list(action)) return;
  put_option(writer, named(argument::kAllPages), "boolean", "All pages, not only one.");
  put_number(writer, named(argument::kMaxItems), 0, "At most so many, over all pages.");
}

void put_input_schema(json::Writer& writer, const Tool& tool) {
  writer.StartObject();
  json::put_member(writer, "type", "object");
  writer.Key("properties");
  writer.StartObject();
  put_action(writer, tool);
  put_params(writer, tool);
  put_option(writer, argument::kParamsJson, "string",
             "The same as JSON text, instead of params: never both.");
  put_option(writer, argument::kDryRun, "boolean",
             "Check everything and tell what would be done, but change nothing.");
  if (has_lists(tool)) {
    put_option(writer, argument::kAllPages, "boolean", "Of a list: all pages, not only one.");
    put_number(writer, argument::kMaxItems, 0, "Of a list: at most so many, over all pages.");
  }
  put_number(writer, argument::kTimeout, kMaxTimeoutMs,
             "Milliseconds after which the whole call is given up.");
  writer.EndObject();
  writer.Key("required");
  writer.StartArray();
  json::put(writer, argument::kAction);
  writer.EndArray();
  writer.EndObject();
}

}  // namespace dockerhub::mcp
