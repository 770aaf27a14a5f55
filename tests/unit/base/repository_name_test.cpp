#include "base/repository_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub {
namespace {

TEST(RepositoryName, IsComponentsOfLowerCaseWordsWithSingleSeparators) {
  for (const char* name : {"alpine", "library/alpine", "a/b/c", "my.app", "my_app", "my__app",
                           "my-app", "my---app", "1/2"}) {
    EXPECT_TRUE(is_repository_name(name)) << name;
  }
}

TEST(RepositoryName, IsNothingElse) {
  for (const char* name : {"", "/", "a/", "/a", "a//b", "Alpine", "a..b", "a___b", "a._b", "-a",
                           "a-", "a:b", "a@b", "..", "a/../b", "a b", "a%2fb", "\xc3\xa4"}) {
    EXPECT_FALSE(is_repository_name(name)) << name;
  }
}

TEST(RepositoryName, HasAnEnd) {
  EXPECT_TRUE(is_repository_name(std::string(kMaxRepositoryName, 'a')));
  EXPECT_FALSE(is_repository_name(std::string(kMaxRepositoryName + 1, 'a')));
}

}  // namespace
}  // namespace dockerhub
