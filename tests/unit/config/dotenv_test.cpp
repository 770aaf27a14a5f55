#include "config/dotenv.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

std::string listed(std::string_view text) {
  const auto entries = parse_dotenv(text, ".env");
  if (!entries) return entries.error().message;
  std::string out;
  for (const DotenvEntry& entry : *entries) {
    out += std::to_string(entry.line) + " " + entry.name + "=[" + entry.value + "]\n";
  }
  return out;
}

TEST(Dotenv, ReadsNamesAndValuesWithTheirLines) {
  EXPECT_EQ(listed("A=1\n\n# comment\n  B = two words \nexport C=3"),
            "1 A=[1]\n4 B=[two words]\n5 C=[3]\n");
}

TEST(Dotenv, UnderstandsCarriageReturnsAndAByteOrderMark) {
  EXPECT_EQ(listed("\xEF\xBB\xBF"
                   "A=1\r\nB='2'\r\n"),
            "1 A=[1]\n2 B=[2]\n");
}

TEST(Dotenv, KeepsWhatQuotesProtect) {
  EXPECT_EQ(listed("A=' x # y \\n ' # end"), "1 A=[ x # y \\n ]\n");
  EXPECT_EQ(listed(R"(A="a\r\n\t\"\\\$b \x" # end)"), "1 A=[a\r\n\t\"\\$b \\x]\n");
}

TEST(Dotenv, EndsAPlainValueAtACommentOnly) {
  EXPECT_EQ(listed("A=a#b=c # d"), "1 A=[a#b=c]\n");
  EXPECT_EQ(listed("A=# nothing"), "1 A=[]\n");
  EXPECT_EQ(listed("A="), "1 A=[]\n");
}

TEST(Dotenv, InterpolatesNothing) {
  EXPECT_EQ(listed("A=$HOME ${B} `id`"), "1 A=[$HOME ${B} `id`]\n");
}

TEST(Dotenv, TakesExportForANameToo) {
  EXPECT_EQ(listed("export=1\nexports=2"), "1 export=[1]\n2 exports=[2]\n");
}

TEST(Dotenv, NamesFileAndLineOfWhatItCannotRead) {
  EXPECT_EQ(listed("A=1\nnonsense"), ".env:2: not of the form NAME=VALUE");
  EXPECT_EQ(listed("1A=x"), ".env:1: not of the form NAME=VALUE");
  EXPECT_EQ(listed("A B=x"), ".env:1: not of the form NAME=VALUE");
  EXPECT_EQ(listed("\nA=\"open"), ".env:2: the quotes of A do not end where the line ends");
  EXPECT_EQ(listed("A='x' y"), ".env:1: the quotes of A do not end where the line ends");
  EXPECT_EQ(listed(std::string_view("A=x\0y", 5)), ".env:1: A holds a zero byte");
}

TEST(Dotenv, NeverShowsAValueInAnError) {
  const auto entries = parse_dotenv("TOKEN=\"dckr_pat_abc", ".env");
  ASSERT_FALSE(entries);
  EXPECT_EQ((entries.error().message + entries.error().hint).find("dckr"), std::string::npos);
}

}  // namespace
}  // namespace dockerhub
