#include <gmock/gmock.h>

#include "call/steps.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

Parameter parameter(std::string name, ParameterType type = ParameterType::string) {
  Parameter made;
  made.name = std::move(name);
  made.type = type;
  return made;
}

Action sample() {
  Action action;
  action.name = "sample";
  action.parameters = {parameter("label"), parameter("active", ParameterType::boolean),
                       parameter("token"), parameter("size", ParameterType::integer)};
  action.parameters[0].aliases = {"name"};
  action.parameters[2].secret = true;
  action.parameters[3].default_json = "10";
  return action;
}

TEST(Validate, GivesCanonicalNamesAndDefaults) {
  const auto valid = validate(sample(), R"({"name":"x","active":"true"})");
  ASSERT_TRUE(valid);
  EXPECT_EQ(valid->json, R"({"label":"x","active":true,"size":10})");
}

TEST(Validate, LeavesSecretsOutOfWhatOthersSee) {
  const auto valid = validate(sample(), R"({"token":"hush"})");
  ASSERT_TRUE(valid);
  EXPECT_THAT(valid->json, HasSubstr("hush"));
  EXPECT_EQ(valid->public_json, R"({"size":10})");
}

TEST(Validate, RefusesANameAndItsAliasTogether) {
  const auto valid = validate(sample(), R"({"name":"x","label":"y"})");
  ASSERT_FALSE(valid);
  EXPECT_THAT(valid.error().message, HasSubstr("'label' is given twice"));
}

TEST(Validate, ChecksGroups) {
  Action action = sample();
  action.at_least_one = {{"label", "active"}};
  EXPECT_THAT(validate(action, "{}").error().message,
              HasSubstr("at least one of 'label', 'active' is needed"));
  EXPECT_TRUE(validate(action, R"({"active":false})"));
  action.at_most_one = {{"label", "active"}};
  EXPECT_THAT(validate(action, R"({"label":"x","active":false})").error().message,
              HasSubstr("only one of"));
}

TEST(Validate, TheEffectFollowsTheValues) {
  Action action = sample();
  action.effect = Effect::write;
  action.effect_conditions = {{"active", "false", Effect::destructive}};
  EXPECT_EQ(validate(action, R"({"active":true})")->effect, Effect::write);
  EXPECT_EQ(validate(action, R"({"active":false})")->effect, Effect::destructive);
  EXPECT_EQ(validate(action, R"({"active":"false"})")->effect, Effect::destructive);
  action.effect_conditions = {{"label", "", Effect::destructive}};
  EXPECT_EQ(validate(action, R"({"name":"x"})")->effect, Effect::destructive)
      << "given at all, also by its alias";
  EXPECT_EQ(validate(action, "{}")->effect, Effect::write);
}

TEST(SchemaDetails, AreBounded) {
  const std::string details = schema_details(sample(), "size");
  EXPECT_EQ(details, R"({"schema":)" + input_schema(sample()) + "}");
  Action action = sample();
  action.parameters[0].description = std::string(8000, 'w');
  EXPECT_EQ(schema_details(action, "size"), R"({"schema":)" + input_schema(action, true) + "}");
  action.parameters[0].pattern = std::string(8000, 'a');
  EXPECT_EQ(schema_details(action, "size"),
            R"({"properties":{"size":{"type":"integer","default":10}}})");
  EXPECT_EQ(schema_details(action, "name"), "") << "too long by itself";
  EXPECT_EQ(schema_details(action, "unknown"), "");
}

TEST(SchemaDetails, OfARawSchemaAreWholeOrNone) {
  Action action = sample();
  action.input_schema = R"({"type":"object","title":"small"})";
  EXPECT_EQ(schema_details(action, "size"), R"({"schema":)" + action.input_schema + "}");
  action.input_schema = R"({"type":"object","title":")" + std::string(8000, 'w') + "\"}";
  EXPECT_EQ(schema_details(action, "size"), "");
}

TEST(ASchema, HasBoundsAsTheyAreMeant) {
  Action action;
  action.name = "bounded";
  action.parameters = {parameter("part", ParameterType::number),
                       parameter("most", ParameterType::number)};
  action.parameters[0].minimum = 0.5;
  action.parameters[0].maximum = 4;
  action.parameters[1].maximum = 1e300;
  const std::string schema = input_schema(action);
  EXPECT_THAT(schema, HasSubstr(R"("minimum":0.5,"maximum":4})"));
  EXPECT_THAT(schema, HasSubstr(R"("maximum":1e300)"));
}

TEST(Validate, ARawSchemaAloneIsChecked) {
  Action action;
  action.name = "raw";
  action.input_schema =
      R"({"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]})";
  EXPECT_TRUE(validate(action, R"({"n":1})"));
  EXPECT_THAT(validate(action, R"({"n":"one"})").error().message, HasSubstr("/n"));
  EXPECT_THAT(validate(action, "{}").error().message, HasSubstr("required"));
}

TEST(Validate, NumbersTooLargeForAnIntegerAreToldFromEachOtherInAListOfValues) {
  Action action;
  action.name = "raw";
  action.input_schema =
      R"({"type":"object","properties":{"n":{"enum":[1e100,-1e100,18446744073709551615,0.5]}}})";
  for (const char* fits : {"1e100", "-1e100", "18446744073709551615", "0.5"})
    EXPECT_TRUE(validate(action, R"({"n":)" + std::string(fits) + "}")) << fits;
  for (const char* other : {"1e101", "-1e101", "1", "0"})
    EXPECT_FALSE(validate(action, R"({"n":)" + std::string(other) + "}")) << other;
}

}  // namespace
}  // namespace dockerhub
