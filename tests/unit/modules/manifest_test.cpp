#include "modules/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "modules/known_text.hpp"
#include "modules/manifest_schema.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kFeatures = {"request/1"};

std::string manifest_with(const std::string& members) {
  return R"({"manifest":1,"name":"hub_x","version":"1.0.0","abi":"1.0",)" + members + "}";
}

Result<Manifest> parse_as_known(const std::string& text) {
  auto outline = json::parse(outline_of(text));
  if (!outline) return Failure(outline.error());
  return parse_known_manifest(std::make_shared<const KnownText>(text, std::move(*outline)),
                              kFeatures);
}

std::string refusal(const std::string& text) {
  const auto manifest = parse_manifest(text, kFeatures);
  return manifest ? "accepted" : manifest.error().message;
}

// What the catalogue shows of the only action of a manifest.
std::string shown(const Result<Manifest>& manifest) {
  if (!manifest) return manifest.error().message;
  const Action& action = manifest->tools.at(0).actions[0];
  return action.name + ' ' + action.summary + ' ' + action.answer.kind + ' ' +
         action.request->path + ' ' + std::to_string(*action.parameters.at(0).maximum) + ' ' +
         action.parameters[0].wire.name + ' ' + input_schema(action);
}

TEST(Manifest, ThatIsKnownSaysTheSame) {
  const std::string text = manifest_with(
      R"("tools":[{"name":"x","summary":"s","actions":[{"name":"get","summary":"G\u00e9t","effect":{"is":"read"},)"
      R"("parameters":[{"name":"n","type":"integer","maximum":12,"default":3,"required":true,"wire":{"in":"path"}}],)"
      R"("request":{"surface":"hub","method":"GET","path":"/v2/{n}"}}]}])");
  EXPECT_THAT(shown(parse_manifest(text, kFeatures)), HasSubstr("get G\xC3\xA9t json /v2/{n} 12"));
  EXPECT_EQ(shown(parse_as_known(text)), shown(parse_manifest(text, kFeatures)));
}

TEST(Manifest, ThatIsKnownHasTheSameNumbers) {
  const std::string text = manifest_with(
      R"("tools":[{"name":"x","summary":"s","actions":[{"name":"a","summary":"A",)"
      R"("effect":{"is":"write","when":[{"parameter":"n","equals":0.9999999999999999,"is":"destructive"}]},)"
      R"("parameters":[{"name":"n","type":"number","maximum":0.9999999999999999}]}]}])");
  for (const auto& manifest : {parse_manifest(text, kFeatures), parse_as_known(text)}) {
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_THAT(manifest->refused_actions, IsEmpty());
    const Action& action = manifest->tools.at(0).actions[0];
    EXPECT_LT(*action.parameters.at(0).maximum, 1.0);
    EXPECT_EQ(action.effect_conditions.at(0).equals_json, "0.9999999999999999");
  }
}

TEST(Manifest, ThatIsKnownHasTheSameShortForms) {
  const std::string text = manifest_with(
      R"("tools":[{"name":"x","summary":"s","actions":[{"name":"a","summary":"A","effect":{"is":"read"}},)"
      R"({"name":"b","summary":"B","effect":{"is":"read"},"short":{"name":"bb"}},)"
      R"({"name":"c","summary":"C","effect":{"is":"write","when":[{"parameter":"on","is":"destructive"}]},)"
      R"("short":{"name":"cc","positionals":["on","off"]},)"
      R"("parameters":[{"name":"off","type":"string"},{"name":"on","type":"string","required":true}]}]}])");
  for (const auto& manifest : {parse_manifest(text, kFeatures), parse_as_known(text)}) {
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_THAT(manifest->refused_actions, IsEmpty());
    const Actions& actions = manifest->tools.at(0).actions;
    const std::vector<ShortFormLine> lines = actions.short_forms();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].name + lines[0].summary, "bbB");
    EXPECT_EQ(lines[1].name + lines[1].summary, "ccC");
    EXPECT_EQ(lines[1].worst_effect, Effect::destructive);
    ASSERT_EQ(lines[1].positionals.size(), 2U);
    EXPECT_TRUE(lines[1].positionals[0].required);
    EXPECT_FALSE(lines[1].positionals[1].required);
    const auto one = [](std::string_view name) { return name == "cc"; };
    ASSERT_EQ(actions.with_short_form(one).size(), 1U);
    EXPECT_EQ(actions.with_short_form(one)[0].parameters.size(), 2U);
    EXPECT_EQ(actions.size(), 3U);
    EXPECT_EQ(actions[0].name, "a");
  }
}

TEST(Manifest, MayBeginWithAByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF" + manifest_with(R"("tools":[])");
  const auto read = parse_manifest(text, kFeatures);
  ASSERT_TRUE(read) << read.error().message;
  const auto known = parse_as_known(text);
  ASSERT_TRUE(known) << known.error().message;
  EXPECT_EQ(known->name, read->name);
}

TEST(Manifest, HasAnOutlineOfWhatAListOfShortFormsSays) {
  const std::string text = manifest_with(
      R"("tools":[{"name":"x","actions":[{"name":"a","summary":"A"},{"name":"b","title":"B",)"
      R"("short":{"name":"bb","positionals":["p"]},)"
      R"("parameters":[{"name":"o","required":true},{"name":"p","description":"P","required":true}]}]}])");
  EXPECT_EQ(outline_of(text), manifest_with(R"("tools":[{"name":"x","actions":[null,{"name":"b",)"
                                            R"("short":{"name":"bb","positionals":["p"]},)"
                                            R"("parameters":[{"name":"p","required":true}]}]}])"));
}

TEST(Manifest, GivesEveryThingThatItStates) {
  const auto manifest = parse_manifest(R"({
    "manifest":1,"name":"hub_x","version":"1.2.3","title":"X","publisher":"P","license":"MIT","abi":"1.0",
    "unknown_description":"ignored",
    "host":{"required":["call/1"],"optional":["http/1"]},"extensions":["tools/1"],
    "toggle":{"variable":"HUB_X_ENABLED","aliases":["ENABLE_X"]},
    "settings":[{"key":"token","type":"string","secret":true,"variable":"X_TOKEN"},
                {"key":"limit","type":"integer","default":5}],
    "destinations":[{"name":"other","origin":"https://other.example","secret":{"setting":"token","as":"bearer"}}],
    "tools":[{"name":"x","summary":"s","actions":[{"name":"get","summary":"Gets","effect":{"is":"read"}}]}],
    "resources":[{"uri":"x:a","name":"A","media_type":"text/plain"}],
    "resource_templates":[{"uri_template":"x:{id}","name":"T"}],
    "prompts":[{"name":"p","arguments":[{"name":"a","required":true}]}]})",
                                       kFeatures);
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_EQ(manifest->name, "hub_x");
  EXPECT_EQ(manifest->version, "1.2.3");
  EXPECT_EQ(manifest->publisher, "P");
  EXPECT_THAT(manifest->host_required, ElementsAre("call/1"));
  EXPECT_THAT(manifest->host_optional, ElementsAre("http/1"));
  EXPECT_THAT(manifest->toggles, ElementsAre("HUB_X_ENABLED", "ENABLE_X"));
  ASSERT_EQ(manifest->settings.size(), 2U);
  EXPECT_TRUE(manifest->settings[0].secret);
  EXPECT_EQ(manifest->settings[1].default_json, "5");
  ASSERT_EQ(manifest->destinations.size(), 1U);
  EXPECT_EQ(manifest->destinations[0].secret_as, "bearer");
  ASSERT_EQ(manifest->tools.size(), 1U);
  EXPECT_EQ(manifest->tools[0].module, "hub_x");
  EXPECT_NE(manifest->tools[0].find_action("get"), nullptr);
  ASSERT_EQ(manifest->resources.size(), 1U);
  EXPECT_EQ(manifest->resources[0].module, "hub_x");
  ASSERT_EQ(manifest->resource_templates.size(), 1U);
  EXPECT_EQ(manifest->resource_templates[0].uri, "x:{id}");
  ASSERT_EQ(manifest->prompts.size(), 1U);
  EXPECT_TRUE(manifest->prompts[0].arguments[0].required);
  EXPECT_THAT(manifest->refused_actions, IsEmpty());
}

struct Refused {
  const char* name;
  std::string manifest;
  const char* reason;
};

class RefusedManifest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedManifest, IsRefusedWithTheCause) {
  EXPECT_THAT(refusal(GetParam().manifest), HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Manifest, RefusedManifest,
    testing::Values(
        Refused{"not_json", R"({"manifest":1,)", "not valid JSON"},
        Refused{"text_behind", manifest_with(R"("tools":[])") + "x", "not valid JSON"},
        Refused{"too_large", std::string(1024 * 1024 + 1, ' ') + "{}", "too large"},
        Refused{"no_object", "[]", "/: must be of type object, is an array"},
        Refused{"other_manifest_version",
                R"({"manifest":2,"name":"hub_x","version":"1","abi":"1.0","tools":[]})",
                "/manifest: must be one of 1; is `2`"},
        Refused{"bad_name", R"({"manifest":1,"name":"Hub X","version":"1","abi":"1.0","tools":[]})",
                "/name: must match ^[a-z][a-z0-9_]+$, is `Hub X`"},
        Refused{"no_tools", R"({"manifest":1,"name":"hub_x","version":"1","abi":"1.0"})",
                "`tools` is missing"},
        Refused{"wrong_type", R"({"manifest":1,"name":"hub_x","version":1,"abi":"1.0","tools":[]})",
                "/version: must be of type string, is a number"},
        Refused{"other_major",
                R"({"manifest":1,"name":"hub_x","version":"1","abi":"2.0","tools":[]})",
                "built for ABI 2.0, this kernel has 1.0"},
        Refused{"from_before_the_freeze",
                R"({"manifest":1,"name":"hub_x","version":"1","abi":"0.9","tools":[]})",
                "built for ABI 0.9, this kernel has 1.0"},
        Refused{"other_minor",
                R"({"manifest":1,"name":"hub_x","version":"1","abi":"1.10","tools":[]})",
                "built for ABI 1.10, this kernel has 1.0"},
        Refused{"missing_feature", manifest_with(R"("tools":[],"requires":["telepathy/1"])"),
                "requires the row feature telepathy/1"},
        Refused{"unknown_destination_key",
                manifest_with(
                    R"("tools":[],"destinations":[{"name":"a","origin":"https://a","sekret":1}])"),
                "/destinations/0: unknown key `sekret`; known: name, origin, origin_setting, "
                "secret; did you "
                "mean `secret`?"},
        Refused{"destination_with_path",
                manifest_with(R"("tools":[],"destinations":[{"name":"a","origin":"https://a/b"}])"),
                "/destinations/0/origin: must match"},
        Refused{"destination_named_as_surface",
                manifest_with(R"("tools":[],"destinations":[{"name":"hub","origin":"https://a"}])"),
                "destination `hub`: that name is a surface of the kernel"},
        Refused{
            "destination_of_no_setting",
            manifest_with(
                R"("tools":[],"destinations":[{"name":"a","origin":"https://a","origin_setting":"o"}])"),
            "destination `a`: no setting `o`"},
        Refused{"destination_with_open_secret",
                manifest_with(
                    R"("tools":[],"settings":[{"key":"t","type":"string"}],"destinations":[)"
                    R"({"name":"a","origin":"https://a","secret":{"setting":"t","as":"bearer"}}])"),
                "destination `a`: no secret setting `t`"},
        Refused{
            "header_without_name",
            manifest_with(R"("tools":[],"settings":[{"key":"t","type":"string","secret":true}],)"
                          R"("destinations":[{"name":"a","origin":"https://a","secret":)"
                          R"({"setting":"t","as":"header"}}])"),
            "`header` goes with `as`: header"},
        Refused{
            "setting_twice",
            manifest_with(
                R"("tools":[],"settings":[{"key":"t","type":"string"},{"key":"t","type":"string"}])"),
            "setting `t` is there twice"},
        Refused{"prompt_twice",
                manifest_with(R"("tools":[],"prompts":[{"name":"p"},{"name":"p"}])"),
                "prompt `p` is there twice"},
        Refused{"tool_twice",
                manifest_with(R"("tools":[{"name":"x","actions":[]},{"name":"x","actions":[]}])"),
                "tool name taken: the manifest has `x` twice"},
        Refused{
            "action_twice",
            manifest_with(
                R"("tools":[{"name":"x","actions":[{"name":"a","summary":"s","effect":{"is":"read"}},)"
                R"({"name":"a","summary":"s","effect":{"is":"write"}}]}])"),
            "action name taken: tool x has `a` twice"},
        Refused{"key_twice", manifest_with(R"("tools":[],"tools":[])"), "`tools` is there twice"},
        Refused{"key_twice_inside",
                manifest_with(R"("tools":[{"name":"x","actions":[],"name":"y"}])"),
                "/tools/0: `name` is there twice"},
        Refused{"invalid_utf8", manifest_with("\"title\":\"\xff\",\"tools\":[]"), "not valid JSON"},
        Refused{"too_deep",
                manifest_with("\"x\":" + std::string(200, '[') + std::string(200, ']') +
                              ",\"tools\":[]"),
                "nested deeper"}),
    [](const auto& refused) { return std::string(refused.param.name); });

TEST(ManifestSchema, IsEnforcedThroughReferencesAndPatterns) {
  // What the schema says through $ref, pattern, enum and additionalProperties has to hold: this is
  // a check of the validator as much as of the schema.
  const auto violation = [](const char* text) {
    return action_violation(*json::parse(text), "/tools/0/actions/2").value_or("none");
  };
  EXPECT_EQ(violation(R"({"name":"a","summary":"s","effect":{"is":"read"}})"), "none");
  EXPECT_EQ(violation(R"({"name":"a","summary":"s","effect":{"is":"raed"}})"),
            "/tools/0/actions/2/effect/is: must be one of read, write, destructive; is `raed`; did "
            "you mean "
            "`read`?");
  EXPECT_THAT(
      violation(R"({"name":"a","summary":"s","effect":{"is":"read"},
                            "request":{"surface":"hub","methd":"GET","path":"/v2"}})"),
      testing::AllOf(HasSubstr("/tools/0/actions/2/request: unknown key `methd`; known: accept"),
                     HasSubstr("did you mean `method`?")));
  EXPECT_THAT(violation(R"({"name":"a","summary":"s","effect":{"is":"read","unless":[]}})"),
              HasSubstr("/tools/0/actions/2/effect: unknown key `unless`"));
  EXPECT_THAT(
      violation(R"({"name":"a","summary":"s","effect":{"is":"read"},"answer":{"kind":"xml"}})"),
      HasSubstr("/answer/kind: must be one of json, items, text, bytes; is `xml`"));
  EXPECT_THAT(violation(R"({"name":"a","summary":"s","effect":{"is":"read"},
                            "parameters":[{"name":"p","type":"string","wire":{"in":"path","nam":"x"}}]})"),
              HasSubstr("/parameters/0/wire: unknown key `nam`"));
  EXPECT_THAT(violation(R"({"name":"a","summary":"s","effect":{"is":"read"},
                            "parameters":[{"name":"p","type":"string","secret":"yes"}]})"),
              HasSubstr("/parameters/0/secret: must be of type boolean, is a string"));
  EXPECT_THAT(violation(R"({"name":"a","summary":"s","effect":{"is":"read"},
                            "request":{"surface":"hub","method":"GET","path":"https://elsewhere"}})"),
              HasSubstr("/request/path: must match"));
  const std::string long_summary(201, 's');
  EXPECT_THAT(
      violation(
          (R"({"name":"a","effect":{"is":"read"},"summary":")" + long_summary + "\"}").c_str()),
      HasSubstr("/summary: breaks the rule maxLength 200"));
}

TEST(Manifest, ControlCharactersOfAHostileManifestDoNotReachTheTerminal) {
  EXPECT_THAT(refusal(R"({"manifest":1,"name":"\u001b[2J","version":"1","abi":"1.0","tools":[]})"),
              testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace dockerhub
