#include "jq_library.hpp"

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

Ran ran(const std::string& expression, std::string_view input, std::size_t most = 100) {
  Ran result;
  const auto program = compile_jq(expression);
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

TEST(JqLibrary, GivesTextsAsTheyAreAndTheRestAsJson) {
  const Ran result = ran(".[] | .a", R"([{"a":"x\ny"},{"a":[1,{"b":null}]},{"a":1.5}])");
  EXPECT_THAT(result.values, ElementsAre("text x\ny", R"([1,{"b":null}])", "1.5"));
  EXPECT_FALSE(result.problem);
}

TEST(JqLibrary, EndsWhereNoMoreIsWanted) {
  EXPECT_THAT(ran("repeat(1)", "null", 2).values, ElementsAre("1", "1"));
}

TEST(JqLibrary, RunsOneProgramOnManyTexts) {
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

TEST(JqLibrary, TellsWhatIsWrongWithAnExpression) {
  for (const char* expression : {".a[", "none_of_these", "import \"x\" as x; 1", "$x"}) {
    const auto program = compile_jq(expression);
    ASSERT_FALSE(program) << expression;
    EXPECT_EQ(program.error().kind, ErrorKind::parameter);
  }
  EXPECT_THAT(compile_jq("none_of_these").error().message, HasSubstr("none_of_these"));
}

TEST(JqLibrary, TellsWhatWentWrongWithAnAnswer) {
  EXPECT_THAT(*ran(".a", "[]").problem, HasSubstr("Cannot index array"));
  EXPECT_THAT(*ran("error(\"mine\")", "1").problem, HasSubstr("mine"));
  EXPECT_THAT(*ran(".", "{").problem, HasSubstr("no JSON"));
  EXPECT_THAT(*ran("1, (\"stop\" | halt_error), 2", "1").problem, HasSubstr("stop"));
}

TEST(JqLibrary, SurvivesWhatAsksForMoreInput) {
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

}  // namespace
}  // namespace dockerhub::cli
