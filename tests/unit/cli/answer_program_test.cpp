#include "answer_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Ran {
  std::vector<std::string> values;
  std::optional<std::string> problem;
};

Ran ran(const Result<std::unique_ptr<AnswerProgram>>& program, std::string_view input,
        std::size_t most = 100) {
  Ran result;
  if (!program) {
    result.problem = program.error().message;
    return result;
  }
  result.problem = (*program)->run(input, [&](std::string_view value, bool is_text) {
    result.values.push_back((is_text ? "text " : "") + std::string(value));
    return result.values.size() < most;
  });
  return result;
}

Ran ran(const std::string& expression, std::string_view input, std::size_t most = 100) {
  return ran(compile_jq(expression), input, most);
}

Ran rendered(const std::string& text, std::string_view input, std::size_t most = 100) {
  return ran(compile_template(text), input, most);
}

TEST(Jq, GivesTextsAsTheyAreAndTheRestAsJson) {
  const Ran result = ran(".[] | .a", R"([{"a":"x\ny"},{"a":[1,{"b":null}]},{"a":1.5}])");
  EXPECT_THAT(result.values, ElementsAre("text x\ny", R"([1,{"b":null}])", "1.5"));
  EXPECT_FALSE(result.problem);
}

TEST(Jq, EndsWhereNoMoreIsWanted) {
  EXPECT_THAT(ran("repeat(1)", "null", 2).values, ElementsAre("1", "1"));
}

TEST(Jq, RunsOneProgramOnManyTexts) {
  const auto program = compile_jq(".a");
  ASSERT_TRUE(program);
  std::string all;
  const auto take = [&](std::string_view value, bool) {
    all += value;
    return true;
  };
  EXPECT_TRUE((*program)->run("[]", take).has_value());
  EXPECT_FALSE((*program)->run(R"({"a":1})", take).has_value());
  EXPECT_FALSE((*program)->run(R"({"a":2})", take).has_value());
  EXPECT_EQ(all, "12");
}

TEST(Jq, TellsWhatIsWrongWithAnExpression) {
  for (const char* expression : {".a[", "none_of_these", "import \"x\" as x; 1", "$x"}) {
    const auto program = compile_jq(expression);
    ASSERT_FALSE(program) << expression;
    EXPECT_EQ(program.error().kind, ErrorKind::parameter);
  }
  EXPECT_THAT(compile_jq("none_of_these").error().message, HasSubstr("none_of_these"));
}

TEST(Jq, TellsWhatWentWrongWithAnAnswer) {
  EXPECT_THAT(*ran(".a", "[]").problem, HasSubstr("Cannot index array"));
  EXPECT_THAT(*ran("error(\"mine\")", "1").problem, HasSubstr("mine"));
  EXPECT_THAT(*ran(".", "{").problem, HasSubstr("no JSON"));
  EXPECT_THAT(*ran("1, (\"stop\" | halt_error), 2", "1").problem, HasSubstr("stop"));
}

TEST(Jq, SurvivesWhatAsksForMoreInput) {
  for (const char* expression : {"input", "[limit(1; inputs)]"}) {
    const Ran more = ran(expression, "1");
    EXPECT_THAT(more.values, IsEmpty()) << expression;
    EXPECT_EQ(more.problem, "No more inputs") << expression;
  }
  EXPECT_THAT(ran("debug", "1").values, ElementsAre("1"));
  EXPECT_THAT(ran("input_filename", "1").values, ElementsAre("null"));
  EXPECT_THAT(ran("get_search_list", "1").values, ElementsAre("[]"));
  EXPECT_THAT(ran("debug | halt", "1").values, IsEmpty());
}

TEST(Template, IsRenderedForEachItem) {
  EXPECT_THAT(
      rendered("{{name}}\t{{size}}", R"([{"name":"a","size":7},{"name":"b","size":1.5}])").values,
      ElementsAre("text a\t7", "text b\t1.5"));
  EXPECT_THAT(rendered("{{owner.name}}", R"({"owner":{"name":"ada"}})").values,
              ElementsAre("text ada"));
  EXPECT_THAT(rendered("{{.}}", R"(["a", 2])").values, ElementsAre("text a", "text 2"));
}

TEST(Template, EndsWhereNoMoreIsWanted) {
  EXPECT_THAT(rendered("{{.}}", "[1,2,3]", 2).values, ElementsAre("text 1", "text 2"));
}

TEST(Template, HasSectionsOfListsAndOfWhatIsThere) {
  const char* text = "{{#tags}}{{.}},{{/tags}}{{^tags}}none{{/tags}}{{#private}}p{{/private}}";
  EXPECT_THAT(
      rendered(text, R"([{"tags":["a","b"],"private":true},{"tags":[],"private":false},{}])")
          .values,
      ElementsAre("text a,b,p", "text none", "text none"));
  EXPECT_THAT(rendered("{{yes}}{{no}}{{null}}{{^empty}}-{{/empty}}",
                       R"({"yes":true,"no":false,"null":null,"empty":""})")
                  .values,
              ElementsAre("text true-"));
}

TEST(Template, LeavesTextsAsTheyAre) {
  EXPECT_THAT(rendered("{{a}}", R"({"a":"<b> & \"c\" {{b}}","b":1})").values,
              ElementsAre(R"(text <b> & "c" {{b}})"));
  // What strangers wrote is no template.
  EXPECT_THAT(rendered("x{{>a}}", R"({"a":"{{>a}}{{b}}","b":"1"})").values, ElementsAre("text x"));
}

TEST(Template, TellsWhatIsWrongWithIt) {
  for (const char* text : {"{{a", "{{#a}}", "{{/a}}", "{{=x}}"}) {
    const auto program = compile_template(text);
    ASSERT_FALSE(program) << text;
    EXPECT_EQ(program.error().kind, ErrorKind::parameter);
    EXPECT_THAT(program.error().message, HasSubstr("--template: "));
  }
  EXPECT_THAT(*rendered("{{.name}}", R"({"name":1})").problem, HasSubstr("write {{name}}"));
  EXPECT_THAT(*rendered("{{a}}", "{").problem, HasSubstr("no JSON"));
}

}  // namespace
}  // namespace dockerhub::cli
