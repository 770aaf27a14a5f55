#include "values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "../temporary_folder.hpp"

namespace dockerhub::cli {
namespace {

class ValuesTest : public testing::Test {
 protected:
  static Parameter parameter(ParameterType type, ParameterType items = ParameterType::string) {
    Parameter row;
    row.name = "the_value";
    row.type = type;
    row.item_type = items;
    return row;
  }

  std::string json_of(const Parameter& row, const std::vector<std::string>& texts) {
    const Result<std::string> value = value_json(row, texts, source_);
    return value ? *value : "refused: " + value.error().message;
  }

  Interruption interruption_;
  TextSource source_{interruption_};
};

TEST_F(ValuesTest, TextStaysTextWhateverItLooksLike) {
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"12"}), R"("12")");
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"true"}), R"("true")");
  EXPECT_EQ(json_of(parameter(ParameterType::string), {""}), R"("")");
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"a\"b"}), R"("a\"b")");
}

TEST_F(ValuesTest, DoubledAtSignIsALiteralOne) {
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"@@home"}), R"("@home")");
}

TEST_F(ValuesTest, NumbersKeepEveryDigit) {
  EXPECT_EQ(json_of(parameter(ParameterType::integer), {"18446744073709551615"}),
            "18446744073709551615");
  EXPECT_EQ(json_of(parameter(ParameterType::number), {"0.1234567890123456789"}),
            "0.1234567890123456789");
  EXPECT_EQ(json_of(parameter(ParameterType::integer), {"-5"}), "-5");
}

TEST_F(ValuesTest, WhatIsNoNumberIsRefusedByName) {
  for (const char* text : {"", "1.5", "0x10", "1e3", "seven", "1 2", "+1", "01"}) {
    EXPECT_THAT(json_of(parameter(ParameterType::integer), {text}),
                testing::StartsWith("refused: --the-value:"))
        << text;
  }
  EXPECT_THAT(json_of(parameter(ParameterType::number), {"nan"}), testing::StartsWith("refused:"));
}

TEST_F(ValuesTest, BooleansHaveTheirUsualWords) {
  for (const char* text : {"true", "YES", "on", "1"}) {
    EXPECT_EQ(json_of(parameter(ParameterType::boolean), {text}), "true") << text;
  }
  for (const char* text : {"false", "No", "off", "0"}) {
    EXPECT_EQ(json_of(parameter(ParameterType::boolean), {text}), "false") << text;
  }
  EXPECT_THAT(json_of(parameter(ParameterType::boolean), {"maybe"}),
              testing::StartsWith("refused:"));
}

TEST_F(ValuesTest, ListsAreRepeatedOrCommaSeparatedOrJson) {
  const Parameter row = parameter(ParameterType::array);
  EXPECT_EQ(json_of(row, {"a,b", "c"}), R"(["a","b","c"])");
  EXPECT_EQ(json_of(row, {R"(["a,b"])", "c"}), R"(["a,b","c"])");
  EXPECT_EQ(json_of(row, {""}), "[]");
  EXPECT_EQ(json_of(parameter(ParameterType::array, ParameterType::integer), {"1,2"}), "[1,2]");
  EXPECT_THAT(json_of(parameter(ParameterType::array, ParameterType::integer), {"1,x"}),
              testing::StartsWith("refused:"));
}

TEST_F(ValuesTest, ObjectsInListsAreJson) {
  const Parameter row = parameter(ParameterType::array, ParameterType::object);
  EXPECT_EQ(json_of(row, {R"({"a":1})", R"([{"b":2},{"c":3}])"}), R"([{"a":1},{"b":2},{"c":3}])");
}

TEST_F(ValuesTest, ObjectsHaveToBeObjects) {
  EXPECT_EQ(json_of(parameter(ParameterType::object), {R"({"a": 1})"}), R"({"a":1})");
  EXPECT_THAT(json_of(parameter(ParameterType::object), {"[1]"}), testing::StartsWith("refused:"));
  EXPECT_THAT(json_of(parameter(ParameterType::object), {"a=1"}), testing::StartsWith("refused:"));
}

TEST_F(ValuesTest, AnyTakesJsonAndOtherwiseText) {
  EXPECT_EQ(json_of(parameter(ParameterType::any), {"[1, 2]"}), "[1,2]");
  EXPECT_EQ(json_of(parameter(ParameterType::any), {"hello"}), R"("hello")");
}

TEST_F(ValuesTest, SingleValuesAreRefusedTwice) {
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"a", "b"}),
            "refused: --the-value: it was given 2 times.");
}

TEST_F(ValuesTest, FilesGiveTextAsItIsAndDocumentsByTheirType) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "value";
  std::ofstream(file) << "- a\n- 'b'\n- 3\n";
  EXPECT_EQ(json_of(parameter(ParameterType::string), {"@" + file.string()}),
            R"("- a\n- 'b'\n- 3\n")");
  EXPECT_EQ(json_of(parameter(ParameterType::array), {"@" + file.string()}), R"(["a","b",3])");
  EXPECT_THAT(json_of(parameter(ParameterType::object), {"@" + file.string()}),
              testing::StartsWith("refused:"));
}

TEST_F(ValuesTest, SecretsAreNotTakenFromTheCommandLineAndNotRepeated) {
  Parameter row = parameter(ParameterType::string);
  row.secret = true;
  const Result<std::string> value = value_json(row, {"hunter2"}, source_);
  ASSERT_FALSE(value);
  EXPECT_THAT(value.error().message + value.error().hint,
              testing::Not(testing::HasSubstr("hunter2")));
  EXPECT_THAT(value.error().hint, testing::HasSubstr("DOCKERHUB_PARAM_THE_VALUE"));
}

TEST_F(ValuesTest, SecretsInFilesLoseTheirLineEnd) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "secret";
  std::ofstream(file) << "hunter2\n";
  Parameter row = parameter(ParameterType::string);
  row.secret = true;
  EXPECT_EQ(json_of(row, {"@" + file.string()}), R"("hunter2")");
}

TEST_F(ValuesTest, MissingFileIsNamed) {
  EXPECT_THAT(json_of(parameter(ParameterType::string), {"@/nowhere/at/all"}),
              testing::HasSubstr("/nowhere/at/all"));
}

TEST_F(ValuesTest, TextThatIsNoUtf8IsRefused) {
  EXPECT_THAT(json_of(parameter(ParameterType::string), {"\xff"}), testing::HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace dockerhub::cli
