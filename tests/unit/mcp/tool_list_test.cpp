#include "tool_list.hpp"

#include <gtest/gtest.h>

#include "json.hpp"
#include "verbose_tools.hpp"

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
json::Document listed(std::vector<Action> actions, ToolMode mode = ToolMode::condensed,
                      bool structured = true) {
  Catalogue catalogue;
  catalogue.tools.emplace_back();
  catalogue.tools[0].name = "thing";
  catalogue.tools[0].actions = std::move(actions);
  const auto result =
      json::parse(ToolView(mode, {}, 0).list(catalogue, Effect::destructive, structured));
  return json::copy((*json::find(*result, "tools"))[0]);
}

// What the protocol supposes where nothing is said is false for the hints of these tests.
bool hint(const json::Document& tool, std::string_view name) {
  const json::Value* said = json::find(json::find(tool, "annotations"), name);
  return said != nullptr && said->GetBool();
}

// The schema of an argument of the tool, or an empty text.
std::string argument_schema(const json::Document& tool, std::string_view name) {
  const json::Value* properties = json::find(json::find(tool, "inputSchema"), "properties");
  const json::Value* schema = json::find(properties, name);
  return schema == nullptr ? std::string() : json::write(*schema);
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

TEST(ToolList, HintsThatTheProtocolSupposesAreLeftOut) {
  const auto hints = [](Effect effect, bool idempotent) {
    return json::write(*json::find(listed({action_of(effect, idempotent)}), "annotations"));
  };
  EXPECT_EQ(hints(Effect::read, true), R"({"readOnlyHint":true,"destructiveHint":false})");
  EXPECT_EQ(hints(Effect::write, true), R"({"destructiveHint":false,"idempotentHint":true})");
  EXPECT_EQ(hints(Effect::destructive, false), R"({"destructiveHint":true})");
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

TEST(ToolList, OnlyWhatMostActionsTakeHasASchema) {
  Action with = action_of(Effect::read);
  with.parameters = {parameter_of(ParameterType::integer)};
  const Action without = action_of(Effect::read);
  EXPECT_EQ(value_schema(listed({with, without})), "");
  EXPECT_NE(value_schema(listed({with, with, without})), "");
}

TEST(ToolList, OfTextsOnlyTheOneThatMostActionsTakeHasASchemaAndOnlyWhereNothingElseHas) {
  Action action = action_of(Effect::read);
  action.parameters = {parameter_of(ParameterType::string), parameter_of(ParameterType::string)};
  action.parameters[0].name = "rare";
  Action other = action_of(Effect::read);
  other.parameters = {parameter_of(ParameterType::string)};
  EXPECT_EQ(argument_schema(listed({action, action, other}), "params"),
            R"({"type":"object","properties":{"value":{"type":"string"}}})");
  other.parameters.push_back(parameter_of(ParameterType::integer));
  other.parameters[1].name = "page";
  EXPECT_EQ(argument_schema(listed({action, other, other}), "params"),
            R"({"type":"object","properties":{"page":{"type":"integer"}}})");
}

TEST(ToolList, ParamsIsNoObjectWithoutProperties) {
  EXPECT_EQ(argument_schema(listed({action_of(Effect::read)}), "params"),
            R"({"type":"object","properties":{"action":{"type":"string"}}})");
}

TEST(ToolList, ActionsAreTheirSignatures) {
  Action action = action_of(Effect::destructive);
  action.parameters = {parameter_of(ParameterType::string), parameter_of(ParameterType::string)};
  action.parameters[0].required = true;
  action.parameters[1].name = "page";
  EXPECT_EQ(json::text_of(&static_cast<const json::Value&>(listed({action})), "description"),
            "Actions (see describe):\nact(value,page?) [destructive]");
}

TEST(ToolList, ActionsThatAreUsedAlikeShareALine) {
  Action read = action_of(Effect::read);
  Action check = read;
  check.name = "check";
  Action remove = action_of(Effect::destructive);
  remove.name = "remove";
  Action other = read;
  other.name = "other";
  other.parameters = {parameter_of(ParameterType::string)};
  const json::Document tool = listed({read, remove, other, check});
  EXPECT_EQ(json::text_of(&static_cast<const json::Value&>(tool), "description"),
            "Actions (see describe):\nact|check()\nremove() [destructive]\nother(value?)");
}

TEST(ToolList, ADryRunIsOfferedWhereSomethingIsChanged) {
  EXPECT_EQ(argument_schema(listed({action_of(Effect::read)}), "dry_run"), "");
  EXPECT_EQ(argument_schema(listed({action_of(Effect::read), action_of(Effect::write)}), "dry_run"),
            R"({"type":"boolean"})");
}

TEST(ToolList, TheOutputIsAPlainObjectForWhoReadsStructuredResults) {
  const json::Document tool = listed({action_of(Effect::read)});
  const json::Value* schema = json::find(tool, "outputSchema");
  ASSERT_NE(schema, nullptr);
  EXPECT_EQ(json::write(*schema),
            R"({"type":"object","properties":{"status_code":{"type":"integer"}}})");
  const json::Document old = listed({action_of(Effect::read)}, ToolMode::condensed, false);
  EXPECT_EQ(json::find(old, "outputSchema"), nullptr);
}

TEST(VerboseTools, WhatWouldNeedNestingIsGivenAsJsonText) {
  Action action = action_of(Effect::read);
  action.parameters = {parameter_of(ParameterType::object)};
  EXPECT_EQ(argument_schema(listed({action}, ToolMode::verbose), "value"),
            R"({"type":"string","description":"As JSON text."})");
}

TEST(VerboseTools, AListHasNoBoundsThatSomeServicesRefuse) {
  Action action = action_of(Effect::read);
  action.parameters = {parameter_of(ParameterType::array)};
  action.parameters[0].min_items = 1;
  action.parameters[0].max_items = 9;
  EXPECT_EQ(argument_schema(listed({action}, ToolMode::verbose), "value"),
            R"({"type":"array","items":{"type":"string"}})");
}

TEST(VerboseTools, JsonTextBecomesTheObjectThatTheRowWants) {
  Tool tool;
  tool.name = "thing";
  Action action = action_of(Effect::read);
  action.parameters = {parameter_of(ParameterType::object)};
  const auto params = [&](std::string_view arguments) {
    const auto given = json::parse(arguments);
    return read_verbose_arguments(tool, action, &*given)->params;
  };
  EXPECT_EQ(params(R"({"value":"{\"a\":1}"})"), R"({"value":{"a":1}})");
  EXPECT_EQ(params(R"({"value":{"a":1}})"), R"({"value":{"a":1}})");
  EXPECT_EQ(params(R"({"value":"{"})"), R"({"value":"{"})") << "the kernel says what is wrong";
}

}  // namespace
}  // namespace dockerhub::mcp
