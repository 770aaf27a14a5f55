#include "command_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> split(std::string_view text) {
  return command_words(text, "--to").value();
}

TEST(CommandWords, AreSeparatedAsAShellDoes) {
  EXPECT_THAT(split("gh secret  set X"), ElementsAre("gh", "secret", "set", "X"));
  EXPECT_THAT(split(R"(a 'b c' "d e"f \g\ h)"), ElementsAre("a", "b c", "d ef", "g h"));
  EXPECT_THAT(split(R"(sh -c 'cat > "$1"; x' "\"\\n")"),
              ElementsAre("sh", "-c", "cat > \"$1\"; x", "\"\\n"));
  EXPECT_THAT(split("a '' \"\""), ElementsAre("a", "", ""));
}

TEST(CommandWords, RefuseWhatOnlyAShellUnderstands) {
  for (const char* text :
       {"a | b", "a > b", "a $B", "a `b`", "a; b", "a \"$B\"", "a *", "a & b", "a ~"}) {
    const auto refused = command_words(text, "--to");
    ASSERT_FALSE(refused) << text;
    EXPECT_THAT(refused.error().hint, HasSubstr("sh -c")) << text;
  }
}

TEST(CommandWords, RefuseWhatIsNotWhole) {
  for (const char* text : {"", "  ", "a 'b", "a \"b", "a \\"})
    EXPECT_FALSE(command_words(text, "--to")) << text;
}

TEST(CommandWords, ComeBackFromTheirText) {
  const std::vector<std::string> words{"a", "it's", "", "b c", "$x `y`", "--n=1,2", "\"\\\n"};
  EXPECT_EQ(command_words(shell_text(words), "test").value(), words);
  EXPECT_EQ(shell_text({"repos", "list", "a b"}), "repos list 'a b'");
}

}  // namespace
}  // namespace dockerhub::cli
