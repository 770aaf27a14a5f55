#include <gtest/gtest.h>

#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

const std::vector<std::string> kNames = {"repository", "namespace", "page_size", "tag"};

TEST(Likely, FindsTheNameBehindATypingError) {
  EXPECT_EQ(likely("repositry", kNames), "repository");
  EXPECT_EQ(likely("nmaespace", kNames), "namespace");
  EXPECT_EQ(likely("tga", kNames), "tag");
}

TEST(Likely, TakesDashAndUnderscoreAndCaseForTheSame) {
  EXPECT_EQ(likely("Page-Size", kNames), "page_size");
}

TEST(Likely, SaysNothingAboutUnrelatedWords) {
  EXPECT_EQ(likely("colour", kNames), "");
  EXPECT_EQ(likely("xyz", kNames), "");
  EXPECT_EQ(likely("", kNames), "");
  EXPECT_EQ(likely("a", {"b"}), "");
}

TEST(Likely, PrefersTheNearestName) {
  EXPECT_EQ(likely("list_tag", {"list_pats", "list_tags"}), "list_tags");
}

TEST(Likely, IgnoresTextsThatAreNoNames) {
  EXPECT_EQ(likely(std::string(100'000, 'a'), {std::string(100'000, 'a')}), "");
}

}  // namespace
}  // namespace dockerhub
