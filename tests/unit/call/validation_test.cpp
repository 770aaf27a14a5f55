#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Error error_of(TestKernel& kernel, const std::string& action, const std::string& params) {
  const CallResult result = kernel->call(request("demo", action, params), Caller());
  EXPECT_TRUE(result.error) << result.envelope;
  return result.error.value_or(Error());
}

TEST(Validation, NamesAnUnknownParameterAndTheLikelyOne) {
  TestKernel kernel;
  const Error error = error_of(kernel, "echo", R"({"text": "hi", "tmes": 2})");
  EXPECT_EQ(error.kind, ErrorKind::parameter);
  EXPECT_EQ(error.parameter, "tmes");
  EXPECT_THAT(error.message, AllOf(HasSubstr("'tmes'"), HasSubstr("did you mean 'times'?")));
}

TEST(Validation, NamesEverythingThatIsWrongAtOnce) {
  TestKernel kernel;
  const Error error = error_of(kernel, "echo", R"({"times": 0, "nonsense": 1})");
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("'text' is required"), HasSubstr("'times' must be at least 1"),
                    HasSubstr("'nonsense'")));
  EXPECT_THAT(error.hint, HasSubstr("text:string*"));
}

// Of an action of the demonstration module, as an error tells it.
std::string told_schema(TestKernel& kernel, const std::string& action) {
  const auto catalogue = kernel->catalogue();
  const Action* row = catalogue->find_tool("demo")->find_action(action);
  return row == nullptr ? std::string() : R"({"schema":)" + input_schema(*row) + "}";
}

TEST(Validation, TellsTheExactSchemaOfTheAction) {
  TestKernel kernel;
  for (const char* params : {R"({"tims": 2})", R"({"text": 7, "times": 0})", "[]", "{"}) {
    const CallResult result = kernel->call(request("demo", "echo", params), Caller());
    ASSERT_TRUE(result.error) << params;
    EXPECT_EQ(result.error->details, told_schema(kernel, "echo")) << params;
    EXPECT_THAT(result.envelope, HasSubstr("\"details\":" + result.error->details)) << params;
  }
}

TEST(Validation, TellsTheSchemaOfDescribe) {
  TestKernel kernel;
  EXPECT_THAT(error_of(kernel, "describe", R"({"acton": "echo"})").details,
              HasSubstr(R"({"schema":{"type":"object","properties":{"action":{)"));
}

TEST(Validation, NamesOfSecretsStandInTheSchema) {
  TestKernel kernel;
  const Error error = error_of(kernel, "secret", R"({"secret": 1234567890123})");
  EXPECT_EQ(error.details, told_schema(kernel, "secret"));
  EXPECT_THAT(error.details, HasSubstr(R"("secret":{"type")"));
}

TEST(Validation, WhatAModuleRefusesItselfIsToldWithTheSchemaAndWhatIsNotThereWithout) {
  TestKernel kernel;
  const auto failure = [&](const char* params) { return error_of(kernel, "fail", params).details; };
  EXPECT_EQ(failure(R"({"type": "ParameterError"})"), told_schema(kernel, "fail"));
  EXPECT_EQ(failure(R"({"type": "ParameterError", "status_code": 400})"),
            told_schema(kernel, "fail"));
  EXPECT_EQ(failure(R"({"type": "ParameterError", "status_code": 404})"), "");
  EXPECT_EQ(failure(R"({"type": "ApiError", "status_code": 500})"), "");
}

TEST(Validation, TakesNumbersAndBooleansAsTexts) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(request("demo", "echo", R"({"text": "a", "times": "3"})"), Caller());
  EXPECT_THAT(data_of(result), HasSubstr("a"));
  EXPECT_FALSE(
      kernel->call(request("demo", "set_active", R"({"account": "a", "active": "true"})"), Caller())
          .error);
}

TEST(Validation, RefusesTextsThatAreNoNumbers) {
  TestKernel kernel;
  for (const char* times : {"\"3x\"", "\"\"", "3.5", "true", "[1]", "{}", "1e30"}) {
    const Error error =
        error_of(kernel, "echo", std::string(R"({"text": "a", "times": )") + times + "}");
    EXPECT_THAT(error.message, HasSubstr("'times' must be an integer")) << times;
  }
}

TEST(Validation, NamesTheChoices) {
  TestKernel kernel;
  const Error error = error_of(kernel, "outcome", R"({"as": "partal"})");
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("partial, condition_met"), HasSubstr("did you mean 'partial'?")));
}

TEST(Validation, ChecksLengthsInCodePoints) {
  TestKernel kernel;
  std::string key;
  for (int i = 0; i < 100; ++i) key += "\u00fc";
  EXPECT_FALSE(
      kernel->call(request("demo", "check", "{\"key\": \"" + key + "\"}"), Caller()).error);
  EXPECT_THAT(error_of(kernel, "check", "{\"key\": \"" + key + "x\"}").message,
              HasSubstr("at most 100 characters"));
}

TEST(Validation, ChecksEveryItemOfAnArray) {
  TestKernel kernel;
  EXPECT_THAT(error_of(kernel, "add", R"({"numbers": [1, "two"]})").message,
              HasSubstr("each is a number, one is 'two'"));
  EXPECT_THAT(error_of(kernel, "add", R"({"numbers": []})").message, HasSubstr("at least 1 items"));
}

TEST(Validation, NullCountsAsNotGiven) {
  TestKernel kernel;
  EXPECT_THAT(error_of(kernel, "echo", R"({"text": null})").message,
              HasSubstr("'text' is required"));
}

TEST(Validation, RefusesWhatIsNoObject) {
  TestKernel kernel;
  for (const char* params : {"[]", "1", "\"x\"", "{", "{} {}", "{\"a\":1,}"}) {
    EXPECT_EQ(error_of(kernel, "echo", params).parameter, "params") << params;
  }
}

TEST(Validation, BoundsTheNesting) {
  TestKernel kernel;
  const std::string deep =
      "{\"text\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_THAT(error_of(kernel, "echo", deep).message, HasSubstr("nested deeper"));
}

TEST(Validation, NeverQuotesASecretValue) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(request("demo", "secret", R"({"secret": 1234567890123})"), Caller());
  EXPECT_THAT(result.envelope, testing::Not(HasSubstr("1234567890123")));
  EXPECT_EQ(result.error->parameter, "secret");
}

TEST(Validation, MakesControlCharactersOfAParameterVisible) {
  TestKernel kernel;
  const Error error = error_of(kernel, "outcome", "{\"as\": \"\\u001b[31m\"}");
  EXPECT_THAT(error.message, AllOf(HasSubstr("\\u001b[31m"), testing::Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace dockerhub::test
