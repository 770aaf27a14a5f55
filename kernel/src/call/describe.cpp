#include "base/json.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

void put_names(json::Writer& writer, const char* key, const std::vector<std::string>& names) {
  if (names.empty()) return;
  writer.Key(key);
  writer.StartArray();
  for (const std::string& name : names) json::put(writer, name);
  writer.EndArray();
}

void put_effect(json::Writer& writer, const Action& action) {
  writer.Key("effect");
  json::put(writer, effect_name(action.effect));
  if (action.effect_conditions.empty()) return;
  writer.Key("effect_when");
  writer.StartArray();
  for (const EffectCondition& condition : action.effect_conditions) {
    writer.StartObject();
    json::put_filled(writer, "parameter", condition.parameter);
    if (!condition.equals_json.empty()) {
      writer.Key("equals");
      json::put_raw(writer, condition.equals_json);
    }
    writer.Key("effect");
    json::put(writer, effect_name(condition.effect));
    writer.EndObject();
  }
  writer.EndArray();
}

void put_aliases(json::Writer& writer, const Action& action) {
  writer.Key("aliases");
  writer.StartObject();
  for (const Parameter& parameter : action.parameters) {
    for (const std::string& alias : parameter.aliases)
      json::put_filled(writer, alias.c_str(), parameter.name);
  }
  writer.EndObject();
}

void put_examples(json::Writer& writer, const Action& action) {
  if (action.examples.empty()) return;
  writer.Key("examples");
  writer.StartArray();
  for (const std::string& example : action.examples) json::put_raw(writer, example);
  writer.EndArray();
}

void put_action(json::Writer& writer, const Action& action) {
  writer.StartObject();
  json::put_filled(writer, "action", action.name);
  json::put_filled(writer, "title", action.title);
  json::put_filled(writer, "summary", action.summary);
  json::put_filled(writer, "description", action.description);
  put_effect(writer, action);
  writer.Key("idempotent");
  writer.Bool(action.idempotent);
  writer.Key("params");
  json::put_raw(writer, input_schema(action));
  put_aliases(writer, action);
  put_names(writer, "columns", action.answer.columns);
  put_names(writer, "shown_once", action.answer.shown_once);
  put_names(writer, "from_outside", action.answer.from_outside);
  put_examples(writer, action);
  json::put_filled(writer, "deprecated_since", action.deprecated_since);
  json::put_filled(writer, "use_instead", action.deprecated_use);
  writer.EndObject();
}

void put_tool(json::Writer& writer, const Tool& tool) {
  writer.StartObject();
  json::put_filled(writer, "tool", tool.name);
  json::put_filled(writer, "title", tool.title);
  json::put_filled(writer, "summary", tool.summary);
  json::put_filled(writer, "description", tool.description);
  json::put_filled(writer, "module", tool.module);
  json::put_filled(writer, "publisher", tool.publisher);
  writer.Key("actions");
  writer.StartArray();
  for (const Action& action : tool.actions) put_action(writer, action);
  writer.EndArray();
  writer.EndObject();
}

}  // namespace

// The reserved action checks its parameters by the same rules as any other.
Action describe_row() {
  Action row;
  row.name = "describe";
  Parameter action;
  action.name = "action";
  action.description = "One action; all without it";
  row.parameters.push_back(std::move(action));
  return row;
}

Result<std::string> describe(const Tool& tool, std::string_view params) {
  const Result<ValidParams> valid = validate(describe_row(), params);
  if (!valid) return Failure(valid.error());
  const auto document = json::parse(valid->json);
  if (!document) return Failure(document.error());
  json::Buffer buffer;
  json::Writer writer(buffer);
  const std::string name(json::text_of(*document, "action"));
  if (name.empty()) {
    put_tool(writer, tool);
  } else if (const Action* action = tool.find_action(name); action != nullptr) {
    put_action(writer, *action);
  } else {
    return Failure(unknown_action(tool, name));
  }
  return std::string(buffer.GetString(), buffer.GetSize());
}

}  // namespace dockerhub
