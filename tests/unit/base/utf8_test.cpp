#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <iterator>

namespace dockerhub {
namespace {

TEST(WholeCharacters, AreNotCutApart) {
  const std::string text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xb3";  // of 1, 2, 3 and 4 bytes
  constexpr std::size_t kEnds[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (std::size_t most = 0; most < std::size(kEnds); ++most)
    EXPECT_EQ(whole_characters(text, most).size(), kEnds[most]) << most;
}

TEST(WholeCharacters, AreSingleBytesWhereTheTextIsNoUtf8) {
  EXPECT_EQ(whole_characters("\x80\x80\x80\x80\x80\x80", 4).size(), 4U);
  EXPECT_EQ(whole_characters("a\xe2\x82", 2), "a\xe2");
}

}  // namespace
}  // namespace dockerhub
