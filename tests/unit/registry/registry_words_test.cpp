#include "registry_words.hpp"

#include <gtest/gtest.h>

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
  EXPECT_EQ(words_of(R"(a\u001b[31mb\u202ec\nError: d)"), R"(a\u001b[31mb\u202ec\u000aError: d)");
}

TEST(TextsFromOutside, AreQuotedUpToAWholeCharacter) {
  const std::string letters(79, 'a');
  EXPECT_EQ(quoted(letters + "\xc3\xa9"), "'" + letters + "...'");
  EXPECT_EQ(quoted(letters + "b"), "'" + letters + "b'");
}

}  // namespace
}  // namespace dockerhub::registry
