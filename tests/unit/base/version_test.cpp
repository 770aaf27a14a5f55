#include <gtest/gtest.h>

#include <algorithm>

#include "dockerhub/abi.h"
#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

TEST(Version, NamesTheAbiOfTheHeader) {
  const std::string abi = std::to_string(DH_ABI_MAJOR) + "." + std::to_string(DH_ABI_MINOR);
  EXPECT_EQ(version().abi, abi);
}

TEST(Version, HasThreeNumbersAndACommit) {
  EXPECT_EQ(std::count(version().version.begin(), version().version.end(), '.'), 2);
  EXPECT_FALSE(version().commit.empty());
}

}  // namespace
}  // namespace dockerhub
