#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "../temporary_folder.hpp"
#include "base/file.hpp"
#include "dockerhub/private_file.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

mode_t mode_of(const fs::path& path) {
  struct stat status = {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

std::string reason(const Result<int>& made) {
  if (!made) return made.error().message;
  ::close(*made);
  return "made";
}

std::string text_of(const fs::path& path) {
  constexpr std::size_t kLimit = 1000;
  const auto file = read_file(path, kLimit);
  return file ? file->text : file.error().message;
}

TEST(NewPrivateFile, IsForItsUserAlone) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "token";
  const Result<int> made = create_private_file(path);
  ASSERT_TRUE(made);
  const UniqueFd descriptor(*made);
  EXPECT_EQ(mode_of(path), 0600U);
  ASSERT_TRUE(write_private_file(*made, path, "secret"));
  EXPECT_EQ(text_of(path), "secret");
}

TEST(NewPrivateFile, ReplacesNothingAndFollowsNoLink) {
  const TemporaryFolder folder;
  ASSERT_EQ(reason(create_private_file(folder.path() / "file")), "made");
  EXPECT_THAT(reason(create_private_file(folder.path() / "file")), HasSubstr("File exists"));
  fs::create_symlink(folder.path() / "elsewhere", folder.path() / "link");
  EXPECT_THAT(reason(create_private_file(folder.path() / "link")), HasSubstr("File exists"));
  EXPECT_FALSE(fs::exists(folder.path() / "elsewhere"));
}

TEST(NewPrivateFile, IsNotMadeWhereOthersMayChangeTheFolder) {
  const TemporaryFolder folder;
  const fs::path open = folder.path() / "open";
  fs::create_directories(open / "inner");
  fs::permissions(open, fs::perms::all);
  for (const fs::path& place : {open, open / "inner"})
    EXPECT_THAT(reason(create_private_file(place / "file")), HasSubstr("writable by others"));
  EXPECT_FALSE(fs::exists(open / "file"));
  EXPECT_THAT(reason(create_private_file(folder.path() / "none" / "file")), HasSubstr("No such"));
}

TEST(NewPrivateFile, TellsADiskThatIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "NOT CHECKED: there is no /dev/full";
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const auto written = write_private_file(full.get(), "token", "secret");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("No space left"));
}

// These variables are not set while it lives, and are as they were afterwards.
class WithoutVariables {
 public:
  explicit WithoutVariables(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const char* value = std::getenv(name.c_str());
      if (value != nullptr) values_.emplace_back(name, value);
      ::unsetenv(name.c_str());
    }
  }
  ~WithoutVariables() {
    for (const auto& [name, value] : values_) ::setenv(name.c_str(), value.c_str(), 1);
  }
  WithoutVariables(const WithoutVariables&) = delete;
  WithoutVariables& operator=(const WithoutVariables&) = delete;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

TEST(RescuedFiles, HaveNoPlaceWithoutAHome) {
  const WithoutVariables without({"HOME", "XDG_STATE_HOME"});
  const auto rescued = rescue_into_private_file("token", "one");
  ASSERT_FALSE(rescued);
  EXPECT_EQ(rescued.error().kind, ErrorKind::configuration);
  EXPECT_THAT(rescued.error().message, HasSubstr("neither it nor XDG_STATE_HOME is set"));
}

TEST(RescuedFiles, HaveNamesOfTheirOwnBelowTheStateOfTheUser) {
  const TemporaryFolder folder;
  ASSERT_EQ(::setenv("XDG_STATE_HOME", folder.path().c_str(), 1), 0);
  const auto first = rescue_into_private_file("token", "one");
  const auto second = rescue_into_private_file("token", "two");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, folder.path() / "dockerhub" / "rescued" / "token-1");
  EXPECT_EQ(text_of(*first) + text_of(*second), "onetwo");
  EXPECT_EQ(mode_of(*second), 0600U);
  EXPECT_EQ(mode_of(second->parent_path()), 0700U);
  ::unsetenv("XDG_STATE_HOME");
}

}  // namespace
}  // namespace dockerhub
