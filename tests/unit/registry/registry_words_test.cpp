#include "registry_words.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <iterator>
#include <string>

#include "fault.hpp"

namespace dockerhub::registry {
namespace {

std::string words_of(const std::string& message) {
  return registry_words(R"({"errors":[{"message":")" + message + R"("}]})");
}

TEST(RegistryWords, AreCodesAndMessages) {
  EXPECT_EQ(registry_words(
                R"({"errors":[{"code":"DENIED","message":"no"},{"code":"X"},{"message":"y"}]})"),
            "DENIED: no; X; y");
  for (const char* body : {"", "denied", "{}", R"({"errors":{}})"})
    EXPECT_EQ(registry_words(body), "") << body;
}

TEST(RegistryWords, ThatAreLongEndBehindAWholeCharacter) {
  const std::string letters(1022, 'a');
  EXPECT_EQ(words_of(letters + "\xc3\xa9"
                               "bc"),
            letters + "\xc3\xa9");
  EXPECT_EQ(words_of(letters + "\xe2\x82\xac"
                               "bc"),
            letters);
}

TEST(RegistryWords, ShowWhatCannotBeSeen) {
  EXPECT_EQ(words_of(R"(a\u001b[31mb\u202ec\nError: d)"), R"(a\u001b[31mb\u202ec Error: d)");
}

TEST(WholeCharacters, AreNotCutApart) {
  const std::string text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xb3";  // of 1, 2, 3 and 4 bytes
  constexpr std::size_t kEnds[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (std::size_t most = 0; most < std::size(kEnds); ++most)
    EXPECT_EQ(whole_characters(text, most).size(), kEnds[most]) << most;
  EXPECT_EQ(whole_characters("\x80\x80\x80\x80\x80\x80", 4).size(), 4U) << "no text";
}

TEST(TextsFromOutside, AreQuotedUpToAWholeCharacter) {
  const std::string letters(79, 'a');
  EXPECT_EQ(registry::quoted(letters + "\xc3\xa9"), "'" + letters + "...'");
  EXPECT_EQ(registry::quoted(letters + "b"), "'" + letters + "b'");
}

}  // namespace
}  // namespace dockerhub::registry
