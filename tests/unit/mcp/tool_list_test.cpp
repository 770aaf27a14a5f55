#include "tool_list.hpp"

#include <gtest/gtest.h>

#include "json.hpp"

namespace dockerhub::mcp {
namespace {

Action action_of(Effect effect, bool idempotent = false) {
  Action action;
  action.name = "act";
  action.summary = "Acts";
  action.effect = effect;
  action.idempotent = idempotent;
  return action;
}

Parameter parameter_of(ParameterType type) {
  Parameter parameter;
  parameter.name = "value";
  parameter.type = type;
  return parameter;
}

// The only tool of tools/list for a tool with these actions.
json::Document listed(std::vector<Action> actions) {
  Catalogue catalogue;
  catalogue.tools.emplace_back();
  catalogue.tools[0].name = "thing";
  catalogue.tools[0].actions = std::move(actions);
  const auto result = json::parse(ToolView().list(catalogue, Effect::destructive));
  return json::copy((*json::find(*result, "tools"))[0]);
}

bool hint(const json::Document& tool, std::string_view name) {
  return json::find(json::find(tool, "annotations"), name)->GetBool();
}

// The schema of the parameter `value`, or an empty text.
std::string value_schema(const json::Document& tool) {
  const json::Value* properties = json::find(json::find(tool, "inputSchema"), "properties");
  const json::Value* params = json::find(json::find(properties, "params"), "properties");
  const json::Value* value = json::find(params, "value");
  return value == nullptr ? std::string() : json::write(*value);
}

TEST(ToolList, OnlyReadsAreReadOnly) {
  EXPECT_TRUE(hint(listed({action_of(Effect::read)}), "readOnlyHint"));
  EXPECT_FALSE(hint(listed({action_of(Effect::read), action_of(Effect::write)}), "readOnlyHint"));
}

TEST(ToolList, AConditionThatDestroysMakesTheToolDestructive) {
  Action action = action_of(Effect::write);
  EXPECT_FALSE(hint(listed({action}), "destructiveHint"));
  action.effect_conditions.push_back({"active", "false", Effect::destructive});
  EXPECT_TRUE(hint(listed({action}), "destructiveHint"));
}

TEST(ToolList, OneActionThatMustNotBeRepeatedCountsForTheTool) {
  EXPECT_TRUE(
      hint(listed({action_of(Effect::write, true), action_of(Effect::read)}), "idempotentHint"));
  EXPECT_FALSE(
      hint(listed({action_of(Effect::write, true), action_of(Effect::write)}), "idempotentHint"));
}

TEST(ToolList, AParameterWithOneTypeHasASchema) {
  Action action = action_of(Effect::read);
  action.parameters = {parameter_of(ParameterType::integer)};
  EXPECT_EQ(value_schema(listed({action, action})), R"({"type":"integer"})");
}

TEST(ToolList, AParameterWithSeveralTypesHasNone) {
  Action first = action_of(Effect::read);
  first.parameters = {parameter_of(ParameterType::integer)};
  Action second = action_of(Effect::read);
  second.parameters = {parameter_of(ParameterType::string)};
  EXPECT_EQ(value_schema(listed({first, second, first})), "");
}

TEST(ToolList, WhatWouldNeedNestingHasNoSchema) {
  for (const ParameterType type : {ParameterType::object, ParameterType::any}) {
    Action action = action_of(Effect::read);
    action.parameters = {parameter_of(type)};
    EXPECT_EQ(value_schema(listed({action})), "");
  }
}

}  // namespace
}  // namespace dockerhub::mcp
