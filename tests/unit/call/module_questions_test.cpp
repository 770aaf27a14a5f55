// What the kernel tells of a module, beside its actions.
#include <gtest/gtest.h>

#include <filesystem>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

TEST(HealthOfAModule, IsWhatItSaysOfItself) {
  TestKernel kernel;
  kernel.trust("shelf.so");
  EXPECT_EQ(data_of(kernel->check_health("shelf", Caller())),
            R"({"ok":false,"findings":[{"what":"a board is loose"}]})");
}

TEST(HealthOfAModule, IsGoodWhereItSaysNothing) {
  TestKernel kernel;
  EXPECT_EQ(data_of(kernel->check_health("demo", Caller())), R"({"ok":true,"findings":[]})");
}

TEST(AFileThatIsChecked, IsToldAsItWouldBeFoundAndIsNotAdded) {
  TestKernel kernel;
  const std::filesystem::path file = std::filesystem::path(DOCKERHUB_TEST_MODULES) / "keeper.so";
  const auto checked = kernel->check_file(file);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->name, "keeper");
  EXPECT_EQ(kernel->catalogue()->find_tool("keeper"), nullptr);
}

}  // namespace
}  // namespace dockerhub::test
