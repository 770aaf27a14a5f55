#include "option_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Texts = std::vector<std::string>;

std::vector<OptionRow> rows() {
  return {{"output", 'o', true, {}},
          {"repo-name", 0, true, {"repository_name"}},
          {"active", 0, false, {}},
          {"no-cache", 0, false, {}}};
}

ParsedOptions parsed(const Texts& arguments, Until until = Until::end) {
  return parse_options(rows(), arguments, until);
}

Texts values(const ParsedOptions& options, std::string_view name) {
  const Texts* found = options.find(name);
  return found == nullptr ? Texts{"(not given)"} : *found;
}

TEST(OptionParserTest, DashAndUnderscoreAreAlikeInNamesAndAliases) {
  for (const char* spelling :
       {"--repo-name", "--repo_name", "--repository-name", "--repository_name"}) {
    EXPECT_THAT(values(parsed({spelling, "x"}), "repo-name"), ElementsAre("x")) << spelling;
  }
}

TEST(OptionParserTest, AValueIsTakenWhateverItLooksLike) {
  EXPECT_THAT(values(parsed({"--repo-name", "--active"}), "repo-name"), ElementsAre("--active"));
  EXPECT_THAT(values(parsed({"--repo-name", "-"}), "repo-name"), ElementsAre("-"));
  EXPECT_THAT(values(parsed({"--repo_name=a_b=c"}), "repo-name"), ElementsAre("a_b=c"));
  EXPECT_THAT(values(parsed({"--repo-name", "[\"a\",\"b\"]"}), "repo-name"),
              ElementsAre("[\"a\",\"b\"]"));
}

TEST(OptionParserTest, AnEmptyValueDoesNotSwallowTheNextArgument) {
  const ParsedOptions options = parsed({"--repo-name=", "--active", "rest"});
  EXPECT_THAT(values(options, "repo-name"), ElementsAre(""));
  EXPECT_THAT(values(options, "active"), ElementsAre("true"));
  EXPECT_THAT(options.positionals, ElementsAre("rest"));
}

TEST(OptionParserTest, ValuesAreKeptInTheirOrder) {
  EXPECT_THAT(
      values(parsed({"--repo-name", "a", "--repo-name=b", "--repository-name", "c"}), "repo-name"),
      ElementsAre("a", "b", "c"));
}

TEST(OptionParserTest, FlagsHaveThreeForms) {
  EXPECT_THAT(values(parsed({"--active"}), "active"), ElementsAre("true"));
  EXPECT_THAT(values(parsed({"--active=false"}), "active"), ElementsAre("false"));
  EXPECT_THAT(values(parsed({"--no-active"}), "active"), ElementsAre("false"));
  EXPECT_THAT(values(parsed({"--no-cache"}), "no-cache"), ElementsAre("true"));
}

TEST(OptionParserTest, AFlagTakesNoArgument) {
  const ParsedOptions options = parsed({"--active", "word"});
  EXPECT_THAT(options.positionals, ElementsAre("word"));
}

TEST(OptionParserTest, LettersTakeTheirValueBesideOrAfter) {
  EXPECT_THAT(values(parsed({"-o", "json"}), "output"), ElementsAre("json"));
  EXPECT_THAT(values(parsed({"-ojson"}), "output"), ElementsAre("json"));
}

TEST(OptionParserTest, LettersStandTogether) {
  const std::vector<OptionRow> rows{
      {"quiet", 'q', false, {}}, {"yes", 'y', false, {}}, {"limit", 0, true, {}}};
  const ParsedOptions options = parse_options(rows, {"-qy", "--limit", "3", "x"}, Until::end);
  EXPECT_FALSE(options.error);
  EXPECT_THAT(values(options, "quiet"), ElementsAre("true"));
  EXPECT_THAT(values(options, "yes"), ElementsAre("true"));
  EXPECT_THAT(values(options, "limit"), ElementsAre("3"));
  EXPECT_THAT(options.positionals, ElementsAre("x"));
}

TEST(OptionParserTest, NegativeNumbersAndDashesArePositionals) {
  const ParsedOptions options = parsed({"-5", "-", "-.5"});
  EXPECT_FALSE(options.error);
  EXPECT_THAT(options.positionals, ElementsAre("-5", "-", "-.5"));
}

TEST(OptionParserTest, AfterTwoDashesEverythingIsPositional) {
  const ParsedOptions options = parsed({"a", "--", "--active", "--", "-x"});
  EXPECT_FALSE(options.error);
  EXPECT_THAT(options.positionals, ElementsAre("a", "--active", "--", "-x"));
}

TEST(OptionParserTest, FirstPositionalEndsTheGlobalOptions) {
  const ParsedOptions options =
      parsed({"-o", "json", "module", "--unknown", "--", "x"}, Until::first_positional);
  EXPECT_FALSE(options.error);
  EXPECT_THAT(options.positionals, ElementsAre("module", "--unknown", "--", "x"));
}

TEST(OptionParserTest, UnknownOptionIsNamedWithTheLikelyOne) {
  const ParsedOptions options = parsed({"--repo-nam", "x"});
  ASSERT_TRUE(options.error);
  EXPECT_THAT(options.error->message, HasSubstr("--repo-nam"));
  EXPECT_THAT(options.error->hint, HasSubstr("--repo-name"));
}

TEST(OptionParserTest, AValueThatMayLackIsEmptyAtTheEndAndBeforeAnOption) {
  const std::vector<OptionRow> rows{{"json", 0, true, {}, true}, {"limit", 0, true, {}}};
  const auto json_of = [&](const std::vector<std::string>& arguments) {
    const ParsedOptions options = parse_options(rows, arguments, Until::end);
    EXPECT_FALSE(options.error);
    return values(options, "json");
  };
  EXPECT_THAT(json_of({"--json"}), ElementsAre(""));
  EXPECT_THAT(json_of({"--json="}), ElementsAre(""));
  EXPECT_THAT(json_of({"--json", "--limit", "3"}), ElementsAre(""));
  EXPECT_THAT(json_of({"--json", "a,b", "x"}), ElementsAre("a,b"));
  EXPECT_THAT(json_of({"--json", ""}), ElementsAre(""));
}

TEST(OptionParserTest, MissingValueIsRefusedAndTheRestStillUnderstood) {
  const ParsedOptions options = parsed({"-o", "json", "--repo-name"});
  ASSERT_TRUE(options.error);
  EXPECT_THAT(options.error->message, HasSubstr("--repo-name"));
  EXPECT_THAT(values(options, "output"), ElementsAre("json"));
}

}  // namespace
}  // namespace dockerhub::cli
