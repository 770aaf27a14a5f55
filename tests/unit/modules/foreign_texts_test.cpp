// Modules that are not part of the installation hide nothing in what calls are checked by.
#include "modules/foreign_texts.hpp"

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

Result<Manifest> foreign(const std::string& action, const std::string& more = {},
                         const std::string& effect = R"({"is":"write"})") {
  auto manifest =
      parse_manifest(R"({"manifest":1,"name":"hub_x","version":"1.0.0","abi":"1.0",)" + more +
                         R"("tools":[{"name":"x","actions":[{"name":"do","summary":"s",)"
                         R"("effect":)" +
                         effect + "," + action + "}]}]}",
                     {});
  if (!manifest) return manifest;
  EXPECT_TRUE(manifest->refused_actions.empty()) << manifest->refused_actions.front();
  if (auto shown = show_foreign_texts(*manifest); !shown) return Failure(shown.error());
  return manifest;
}

// An action with one parameter, a string that has these members beside its name and type.
std::string parameter(const std::string& members) {
  return R"("parameters":[{"name":"p","type":"string",)" + members + "}]";
}

std::string schema(const std::string& property) {
  return R"("input_schema":{"type":"object","properties":{)" + property + "}}";
}

std::string refusal(const Result<Manifest>& manifest) {
  return manifest ? "accepted" : manifest.error().message;
}

TEST(ForeignValues, ThatHideSomethingAreRefused) {
  for (const std::string& action :
       {parameter(R"("choices":["a","b\u202e"])"), parameter(R"("default":"a\u001b[2J")"),
        parameter(R"("pattern":"[a\u200f]+")"), parameter(R"("format":"uri\u202e")"),
        R"("answer":{"columns":["a","b\u202e"]})" + std::string(),
        schema(R"("p":{"enum":["a","b\u202e"]})"), schema(R"("p":{"const":"b\u202e"})"),
        schema(R"("p":{"default":{"a":["\u001b"]}})"), schema(R"("p\u202e":{"type":"string"})")}) {
    EXPECT_THAT(refusal(foreign(action)), HasSubstr("hide in the values of x.do")) << action;
  }
}

TEST(ForeignValues, ThatDecideAboutAnEffectHideNothing) {
  const auto deciding = [](const std::string& value) {
    return foreign(parameter(R"("required":true)"), {},
                   R"({"is":"write","when":[{"parameter":"p","equals":)" + value +
                       R"(,"is":"destructive"}]})");
  };
  EXPECT_THAT(refusal(deciding("\"b\xE2\x80\xAE\"")), HasSubstr("hide in the values of x.do"));
  EXPECT_EQ(refusal(deciding("\"b\"")), "accepted");
}

TEST(ForeignValues, OfResourcesAreRefusedToo) {
  const std::string action = parameter(R"("required":true)");
  for (const char* const resources :
       {R"("resources":[{"uri":"x:a\u202e","name":"A"}],)",
        R"("resource_templates":[{"uri_template":"x:{id}\u202e","name":"A"}],)",
        R"("resources":[{"uri":"x:a","name":"A","media_type":"text/\u202eplain"}],)"}) {
    EXPECT_THAT(refusal(foreign(action, resources)), HasSubstr("hide in the URI or media type"))
        << resources;
  }
}

TEST(ForeignValues, ThatHideNothingStay) {
  const auto manifest = foreign(
      parameter(R"("choices":["a","\u00e9"],"default":"a","pattern":"[a\u00e9]","example":"a")"));
  ASSERT_TRUE(manifest) << refusal(manifest);
  const Parameter& shown = manifest->tools.at(0).actions[0].parameters.at(0);
  EXPECT_EQ(shown.choices, (std::vector<std::string>{"a", "\xC3\xA9"}));
  EXPECT_EQ(refusal(foreign(parameter(R"("default":"one\ntwo\tthree")"))), "accepted");
}

TEST(ForeignWords, OfASchemaAreShownWithItsExamplesAndComments) {
  const auto manifest = foreign(schema(
      R"("p":{"description":"d\u202e","examples":["e\u202e"],"$comment":"c\u202e","enum":["v"]})"));
  ASSERT_TRUE(manifest) << refusal(manifest);
  const std::string& shown = manifest->tools.at(0).actions[0].input_schema;
  for (const char* const word : {R"(d\\u202e)", R"(e\\u202e)", R"(c\\u202e)"})
    EXPECT_THAT(shown, HasSubstr(word));
}

TEST(ForeignWords, OfAParametersExampleAreShown) {
  const auto manifest = foreign(parameter(R"("example":"e\u202e")"));
  ASSERT_TRUE(manifest) << refusal(manifest);
  EXPECT_EQ(manifest->tools.at(0).actions[0].parameters.at(0).example_json, R"("e\\u202e")");
}

class ForeignFile : public TableFixture {};

TEST_F(ForeignFile, WhoseValuesHideSomethingIsRefusedBeforeAndWhenItIsTrusted) {
  const auto file = put("hides_in_values", "configured");
  EXPECT_THAT(reason("hides_in_values.so"), HasSubstr("hide in the values of hides_in_values.run"));
  const auto trusted = table().trust(file);
  ASSERT_FALSE(trusted);
  EXPECT_THAT(trusted.error().message, HasSubstr("hide in the values"));
}

}  // namespace
}  // namespace dockerhub
