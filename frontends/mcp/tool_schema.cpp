#include "tool_schema.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
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

struct Listed {
  std::string schema;
  std::size_t actions = 0;  // that take it
};

// Every parameter of the tool's actions by name. A name that means different types in different
// actions has no schema: nothing true could be said of it.
std::map<std::string, Listed> all_parameters(const Tool& tool) {
  std::map<std::string, Listed> listed;
  for (const Action& action : tool.actions) {
    for (const Parameter& parameter : action.parameters) {
      const std::string schema = plain_schema(parameter);
      const auto [known, added] = listed.emplace(parameter.name, Listed{schema, 0});
      if (!added && known->second.schema != schema) known->second.schema.clear();
      ++known->second.actions;
    }
  }
  return listed;
}

// Those that more than half of the actions take and that are no texts, for the lines of the actions name all of
// them. An object without any is refused by some services: then the text that most actions take stands there, or
// the parameter of `describe`.
std::map<std::string, std::string> common_parameters(const Tool& tool) {
  const std::string text = schema_of("string");
  std::map<std::string, std::string> common;
  std::string most_common(argument::kAction);
  std::size_t most = tool.actions.size() / 2;
  for (const auto& [name, listed] : all_parameters(tool)) {
    if (listed.schema == text && listed.actions > most) {
      most_common = name;
      most = listed.actions;
    }
    const bool is_told = listed.schema != text && !listed.schema.empty();
    if (is_told && listed.actions * 2 > tool.actions.size()) common.emplace(name, listed.schema);
  }
  if (common.empty()) common.emplace(most_common, text);
  return common;
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
  writer.EndObject();
}

void put_params(json::Writer& writer, const Tool& tool) {
  json::put_key(writer, argument::kParams);
  writer.StartObject();
  json::put_member(writer, "type", "object");
  writer.Key("properties");
  writer.StartObject();
  for (const auto& [name, schema] : common_parameters(tool)) {
    json::put_key(writer, name);
    json::put_raw(writer, schema);
  }
  writer.EndObject();
  writer.EndObject();
}

void put_described(json::Writer& writer, std::string_view name, std::string_view schema,
                   std::string_view description) {
  const auto plain = json::parse(schema);
  json::put_key(writer, name);
  writer.StartObject();
  for (const auto& member : plain->GetObject()) {
    json::put_key(writer, json::view(member.name));
    member.value.Accept(writer);
  }
  json::put_member(writer, "description", description);
  writer.EndObject();
}

struct OptionRow {
  std::string_view name, schema, description;
};

constexpr OptionRow kDryRunRow = {
    argument::kDryRun, R"({"type":"boolean"})",
    "Check everything and tell what would be done, but change nothing."};

constexpr OptionRow kTimeoutRow = {argument::kTimeout, R"({"type":"integer","minimum":1})",
                                   "Milliseconds after which the call is given up."};

constexpr auto kListRows = std::to_array<OptionRow>({
    {argument::kAllPages, R"({"type":"boolean"})", "All pages, not only one."},
    {argument::kMaxItems, R"({"type":"integer"})", "At most so many, over all pages."},
    {argument::kFields, R"({"type":"array","items":{"type":"string"}})",
     "Only these members of each item."},
});

bool is_list(const Action& action) {
  return action.answer.kind == "items" || (action.request && !action.request->paging_json.empty());
}

// Tools that change nothing, or have nothing to page, are spared the words.
bool changes_something(const Tool& tool) {
  return std::any_of(tool.actions.begin(), tool.actions.end(),
                     [](const Action& action) { return action.worst_effect() != Effect::read; });
}

bool has_lists(const Tool& tool) {
  return std::any_of(tool.actions.begin(), tool.actions.end(), is_list);
}

}  // namespace

void put_option_schemas(json::Writer& writer, const Action& action, const std::string& mark) {
  const auto put = [&](const OptionRow& row) {
    put_described(writer, mark + std::string(row.name), row.schema, row.description);
  };
  if (action.worst_effect() != Effect::read) put(kDryRunRow);
  // Some services refuse an object without properties.
  if (action.worst_effect() == Effect::read && action.parameters.empty()) put(kTimeoutRow);
  if (!is_list(action)) return;
  for (const OptionRow& row : kListRows) put(row);
}

// Options without words: the instructions of the server have them once for all tools, and the rare timeout there
// alone.
void put_input_schema(json::Writer& writer, const Tool& tool) {
  const auto put = [&](std::string_view name, std::string_view schema) {
    json::put_key(writer, name);
    json::put_raw(writer, schema);
  };
  writer.StartObject();
  json::put_member(writer, "type", "object");
  writer.Key("properties");
  writer.StartObject();
  put_action(writer, tool);
  put_params(writer, tool);
  put(argument::kParamsJson, R"({"type":"string"})");
  if (changes_something(tool)) put(kDryRunRow.name, kDryRunRow.schema);
  if (has_lists(tool)) {
    for (const OptionRow& row : kListRows) put(row.name, row.schema);
  }
  writer.EndObject();
  writer.Key("required");
  writer.StartArray();
  json::put(writer, argument::kAction);
  writer.EndArray();
  writer.EndObject();
}

}  // namespace dockerhub::mcp
