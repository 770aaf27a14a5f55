#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/manifest.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

// A manifest with the action `good` and one more.
Manifest manifest_of(const std::string& action, const std::vector<std::string>& features) {
  auto manifest = parse_manifest(
      R"({"manifest":1,"name":"hub_x","version":"1","abi":"1.0",
          "destinations":[{"name":"other","origin":"https://other.example"}],
          "tools":[{"name":"x","actions":[{"name":"good","summary":"s","effect":{"is":"read"}},)" +
          action + "]}]}",
      features);
  EXPECT_TRUE(manifest) << manifest.error().message;
  return manifest ? *manifest : Manifest();
}

std::string action_with(const std::string& members) {
  return R"({"name":"bad","summary":"s","effect":{"is":"read"},)" + members + "}";
}

std::string with_parameter(const std::string& members) {
  return action_with(R"("parameters":[{"name":"p",)" + members + "}]");
}

struct RefusedRow {
  const char* name;
  std::string action;
  const char* reason;
};

class RefusedAction : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedAction, IsRefusedAloneWithTheCause) {
  const Manifest manifest = manifest_of(GetParam().action, {"request/1"});
  EXPECT_THAT(manifest.refused_actions,
              ElementsAre(AllOf(StartsWith("x."), HasSubstr(GetParam().reason))));
  ASSERT_EQ(manifest.tools.size(), 1U);
  ASSERT_EQ(manifest.tools[0].actions.size(), 1U);
  EXPECT_EQ(manifest.tools[0].actions[0].name, "good");
}

INSTANTIATE_TEST_SUITE_P(
    Action, RefusedAction,
    testing::Values(
        RefusedRow{"describe", R"({"name":"describe","summary":"s","effect":{"is":"read"}})",
                   "x.describe: the name `describe` is reserved"},
        RefusedRow{
            "unknown_request_key",
            action_with(R"("request":{"surface":"hub","methd":"GET","method":"GET","path":"/v2"})"),
            "x.bad: /tools/0/actions/1/request: unknown key `methd`"},
        RefusedRow{"unknown_effect", R"({"name":"bad","summary":"s","effect":{"is":"harmless"}})",
                   "effect/is: must be one of read, write, destructive"},
        RefusedRow{"missing_feature", action_with(R"("requires":["telepathy/1"])"),
                   "requires the row feature telepathy/1"},
        RefusedRow{
            "parameter_twice",
            action_with(
                R"("parameters":[{"name":"p","type":"string"},{"name":"q","type":"string","aliases":["p"]}])"),
            "the name `p` is there twice"},
        RefusedRow{
            "unknown_in_when",
            R"({"name":"bad","summary":"s","effect":{"is":"read","when":[{"parameter":"forse","is":"destructive"}]},
                    "parameters":[{"name":"force","type":"boolean"}]})",
            "effect.when: no parameter `forse`; did you mean `force`?"},
        RefusedRow{
            "impossible_value_in_when",
            R"({"name":"bad","summary":"s","effect":{"is":"read","when":[{"parameter":"force","equals":"yes",
                    "is":"destructive"}]},"parameters":[{"name":"force","type":"boolean"}]})",
            "effect.when: `force` must be true or false"},
        RefusedRow{
            "value_in_when_of_other_type",
            R"({"name":"bad","summary":"s","effect":{"is":"read","when":[{"parameter":"force","equals":"true",
                    "is":"destructive"}]},"parameters":[{"name":"force","type":"boolean"}]})",
            "must be written as true, is \"true\""},
        RefusedRow{"unknown_in_at_least_one", action_with(R"("at_least_one":[["a"]])"),
                   "at_least_one: no parameter `a`"},
        RefusedRow{"unknown_in_at_most_one", action_with(R"("at_most_one":[["a"]])"),
                   "at_most_one: no parameter `a`"},
        RefusedRow{"unknown_positional", action_with(R"("positionals":["a"])"),
                   "positionals: no parameter `a`"},
        RefusedRow{"unknown_in_short_form",
                   action_with(R"("short":{"name":"b","positionals":["a"]})"),
                   "short.positionals: no parameter `a`"},
        RefusedRow{"unknown_in_confirmation", action_with(R"("confirm":{"text":"Delete {a}?"})"),
                   "confirm.text: no parameter `a`"},
        RefusedRow{"unknown_in_confirmed_target",
                   action_with(R"("confirm":{"text":"Delete?","target":"{a}"})"),
                   "confirm.target: no parameter `a`"},
        RefusedRow{"unknown_in_rest_path",
                   action_with(R"("rest":{"method":"GET","path":"/x/{a}"})"),
                   "rest.path: no parameter `a`"},
        RefusedRow{"path_filled_by_what_is_not_sent",
                   action_with(R"("request":{"surface":"hub","method":"GET","path":"/v2/{p}"},
                               "parameters":[{"name":"p","type":"string","wire":{"in":"none"}}])"),
                   "request.path: no parameter fills {p}"},
        RefusedRow{"unfilled_path",
                   action_with(R"("request":{"surface":"hub","method":"GET","path":"/v2/{a}"})"),
                   "request.path: no parameter fills {a}"},
        RefusedRow{"parameter_for_no_placeholder",
                   action_with(R"("request":{"surface":"hub","method":"GET","path":"/v2"},
                               "parameters":[{"name":"p","type":"string","wire":{"in":"path","name":"q"}}])"),
                   "parameter `p`: request.path has no {q}"},
        RefusedRow{"unknown_surface",
                   action_with(R"("request":{"surface":"othr","method":"GET","path":"/v2"})"),
                   "request.surface: neither a surface of the kernel nor a destination of the "
                   "manifest: `othr`; did "
                   "you mean `other`?"},
        RefusedRow{
            "safe_query_of_delete",
            action_with(
                R"("request":{"surface":"hub","method":"DELETE","path":"/v2","safe_query":true})"),
            "safe_query is for POST"},
        RefusedRow{
            "composite_constant",
            action_with(
                R"("request":{"surface":"hub","method":"GET","path":"/v2","query":{"a":[1]}})"),
            "request.query: `a` must be a text, a number or a boolean"},
        RefusedRow{
            "unknown_host_parameter",
            action_with(
                R"("request":{"surface":"registry","method":"GET","path":"/v2/","host":"h"})"),
            "request.host: no parameter `h`"},
        RefusedRow{"default_of_other_type", with_parameter(R"("type":"integer","default":"many")"),
                   "parameter `p`: default must be an integer"},
        RefusedRow{"default_as_text", with_parameter(R"("type":"integer","default":"5")"),
                   "default must be written as 5, is \"5\""},
        RefusedRow{"default_out_of_range",
                   with_parameter(R"("type":"integer","default":0,"minimum":1)"),
                   "default must be at least 1"},
        RefusedRow{"default_not_a_choice",
                   with_parameter(R"("type":"string","default":"c","choices":["a","b"])"),
                   "default must be one of a, b"},
        RefusedRow{"default_of_a_secret",
                   with_parameter(R"("type":"string","default":"s3cret","secret":true)"),
                   "a secret parameter cannot have a default"},
        RefusedRow{"secret_number", with_parameter(R"("type":"integer","secret":true)"),
                   "parameter `p`: a secret parameter has to be a string"},
        RefusedRow{"schema_of_no_object", action_with(R"("input_schema":{"type":"array"})"),
                   "input_schema: the root has to be of type object"},
        RefusedRow{"choices_of_a_number", with_parameter(R"("type":"integer","choices":["1"])"),
                   "choices are for strings and arrays of strings"},
        RefusedRow{"length_of_a_number", with_parameter(R"("type":"integer","max_length":3)"),
                   "min_length, max_length and pattern are for strings"},
        RefusedRow{"range_of_a_text", with_parameter(R"("type":"string","minimum":3)"),
                   "minimum and maximum are for numbers"},
        RefusedRow{"items_of_a_text", with_parameter(R"("type":"string","max_items":3)"),
                   "min_items and max_items are for arrays"},
        RefusedRow{"bounds_upside_down",
                   with_parameter(R"("type":"integer","minimum":3,"maximum":2)"),
                   "the lower bound is above the upper bound"},
        RefusedRow{"bad_pattern", with_parameter(R"("type":"string","pattern":"(a")"),
                   "is not a regular expression"},
        RefusedRow{"bad_secret", with_parameter(R"("type":"string","secret":1)"),
                   "/parameters/0/secret: must be of type boolean"},
        RefusedRow{"no_summary", R"({"name":"bad","effect":{"is":"read"}})",
                   "`summary` is missing"}),
    [](const auto& refused) { return std::string(refused.param.name); });

TEST(Action, KeepsWhatItsRowStates) {
  const Manifest manifest = manifest_of(
      R"({"name":"remove","title":"Remove","summary":"Removes","description":"All of it","idempotent":true,"dry_run":"handler",
          "effect":{"is":"write","when":[{"parameter":"force","equals":true,"is":"destructive"}]},
          "confirm":{"text":"Remove {name}?","target":"{name}"},
          "parameters":[
            {"name":"name","type":"string","required":true,"aliases":["n"],"min_length":2,"pattern":"[a-z]+",
             "wire":{"in":"path"}},
            {"name":"force","type":"boolean","default":false},
            {"name":"tags","type":"array","items":"string","choices":["a","b"],"max_items":3},
            {"name":"token","type":"string","secret":true}],
          "at_most_one":[["force","tags"]],"positionals":["name"],
          "short":{"name":"rm","positionals":["name"]},
          "request":{"surface":"other","method":"POST","path":"/v2/{name}","query":{"all":true,"kind":"x","n":3},
                     "paging":{"style":"link","items":"results"}},
          "answer":{"kind":"items","items":"results","columns":["a"],"from_outside":["b"]},
          "examples":[{"name":"abc"}],"deprecated":{"since":"2.0","use":"delete"}})",
      {"request/1"});
  EXPECT_THAT(manifest.refused_actions, testing::IsEmpty());
  const Action* action = manifest.tools.at(0).find_action("remove");
  ASSERT_NE(action, nullptr);
  EXPECT_EQ(action->effect, Effect::write);
  EXPECT_EQ(action->worst_effect(), Effect::destructive);
  EXPECT_EQ(action->effect_conditions.at(0).equals_json, "true");
  EXPECT_TRUE(action->idempotent);
  EXPECT_TRUE(action->dry_run_by_handler);
  EXPECT_FALSE(manifest.tools.at(0).find_action("good")->dry_run_by_handler);
  EXPECT_EQ(action->confirm_target, "{name}");
  ASSERT_NE(action->find_parameter("n"), nullptr);
  const Parameter& name = *action->find_parameter("n");
  EXPECT_TRUE(name.required);
  EXPECT_EQ(name.min_length, 2U);
  EXPECT_EQ(name.wire.place, Wire::Place::path);
  EXPECT_EQ(name.wire.name, "name");
  EXPECT_EQ(action->find_parameter("force")->default_json, "false");
  EXPECT_EQ(action->find_parameter("tags")->type, ParameterType::array);
  EXPECT_THAT(action->find_parameter("tags")->choices, ElementsAre("a", "b"));
  EXPECT_TRUE(action->find_parameter("token")->secret);
  ASSERT_TRUE(action->request);
  EXPECT_THAT(action->request->query,
              ElementsAre(testing::Pair("all", "true"), testing::Pair("kind", "x"),
                          testing::Pair("n", "3")));
  EXPECT_EQ(action->request->paging_json, R"({"style":"link","items":"results"})");
  EXPECT_EQ(action->answer.kind, "items");
  EXPECT_EQ(action->short_form->name, "rm");
  EXPECT_THAT(action->examples, ElementsAre(R"({"name":"abc"})"));
  EXPECT_EQ(action->deprecated_use, "delete");
}

TEST(Action, FillsAPathByTheParameterOfThatNameWhereTheRowSaysNoMore) {
  const Manifest manifest =
      manifest_of(action_with(R"("request":{"surface":"hub","method":"GET","path":"/v2/{p}"},
                              "parameters":[{"name":"p","type":"string","required":true}])"),
                  {"request/1"});
  EXPECT_THAT(manifest.refused_actions, testing::IsEmpty());
  EXPECT_NE(manifest.tools.at(0).find_action("bad"), nullptr);
}

TEST(Action, WithARequestNeedsAKernelThatExecutesRequests) {
  const Manifest manifest =
      manifest_of(action_with(R"("request":{"surface":"hub","method":"GET","path":"/v2"})"), {});
  EXPECT_THAT(manifest.refused_actions,
              ElementsAre(HasSubstr("requires the row feature request/1")));
}

}  // namespace
}  // namespace dockerhub
