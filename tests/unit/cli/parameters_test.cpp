#include "parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace dockerhub::cli {
namespace {

using testing::HasSubstr;

class ParametersTest : public testing::Test {
 protected:
  ParametersTest() {
    action_.positionals = {"name", "tags"};
    add("name", ParameterType::string).aliases = {"repo"};
    add("tags", ParameterType::array);
    add("timeout", ParameterType::integer);
    add("password", ParameterType::string).secret = true;
  }

  Parameter& add(const char* name, ParameterType type) {
    Parameter row;
    row.name = name;
    row.type = type;
    action_.parameters.push_back(std::move(row));
    return action_.parameters.back();
  }

  std::string json_of(const std::vector<std::string>& arguments) {
    const ParsedOptions parsed = parse_options(options_of(action_), arguments, Until::end);
    if (parsed.error) return "refused: " + parsed.error->message;
    GlobalOptions options;
    if (!take_global_options(parsed, &action_, options)) return "refused: global option";
    const auto json = parameters_json(action_, parsed, options, source_, prompter_);
    return json ? *json : "refused: " + json.error().message + " " + json.error().hint;
  }

  Action action_;
  Interruption interruption_;
  Messages messages_;
  TextSource source_{interruption_};
  Prompter prompter_{interruption_, messages_};
};

TEST_F(ParametersTest, PositionalsFillTheirParametersAndTheLastListTakesTheRest) {
  EXPECT_EQ(json_of({"alpine", "a", "b,c"}), R"({"name":"alpine","tags":["a","b","c"]})");
}

TEST_F(ParametersTest, AliasesMeanTheirParameter) {
  EXPECT_EQ(json_of({"--repo", "alpine"}), R"({"name":"alpine"})");
  EXPECT_EQ(json_of({"--params", R"({"repo": "alpine"})"}), R"({"name":"alpine"})");
}

TEST_F(ParametersTest, OptionsWinOverParams) {
  EXPECT_EQ(json_of({"--params", R"({"name": "a", "tags": ["x"]})", "--name", "b"}),
            R"({"name":"b","tags":["x"]})");
}

TEST_F(ParametersTest, AParameterTakesTheNameOfAGlobalOption) {
  EXPECT_EQ(json_of({"--timeout", "3"}), R"({"timeout":3})");
}

TEST_F(ParametersTest, UnknownNamesInParamsAreLeftToTheKernel) {
  EXPECT_EQ(json_of({"--params", R"({"nme": 1})"}), R"({"nme":1})");
}

TEST_F(ParametersTest, ParamsHaveToBeAnObject) {
  EXPECT_THAT(json_of({"--params", "[1]"}), HasSubstr("an object is needed"));
}

TEST_F(ParametersTest, NameAndPositionalTogetherAreTwice) {
  EXPECT_THAT(json_of({"--name", "a", "b"}), HasSubstr("2 times"));
}

TEST_F(ParametersTest, SuperfluousArgumentsAreRefused) {
  action_.positionals = {"name"};
  EXPECT_THAT(json_of({"a", "b"}), HasSubstr("Unexpected argument \"b\""));
}

TEST_F(ParametersTest, SecretsAreRefusedInEveryFormThatOthersCanSee) {
  action_.positionals = {"password"};
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--password", "hunter2"},
        {"--password=hunter2"},
        {"hunter2"},
        {"--params", R"({"password": "hunter2"})"}}) {
    const std::string refusal = json_of(arguments);
    EXPECT_THAT(refusal, HasSubstr("DOCKERHUB_PARAM_PASSWORD"));
    EXPECT_THAT(refusal, testing::Not(HasSubstr("hunter2")));
  }
}

TEST_F(ParametersTest, SecretsComeFromTheirVariableAndLeaveTheEnvironment) {
  ASSERT_EQ(::setenv("DOCKERHUB_PARAM_PASSWORD", "hunter2", 1), 0);
  EXPECT_EQ(json_of({}), R"({"password":"hunter2"})");
  EXPECT_EQ(std::getenv("DOCKERHUB_PARAM_PASSWORD"), nullptr);
}

}  // namespace
}  // namespace dockerhub::cli
