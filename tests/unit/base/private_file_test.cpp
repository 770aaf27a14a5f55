#include "base/private_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../temporary_folder.hpp"
#include "base/file_permissions.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kLimit = 1000;
constexpr std::string_view kText = "{\"version\":2}\nbody\n";

class PrivateFileTest : public testing::Test {
 protected:
  std::string reason() const {
    const auto text = file_.read(kLimit);
    return text ? "read" : text.error().message;
  }
  static unsigned mode_of(const fs::path& path) {
    struct stat status = {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "new" / "file";
  PrivateFile file_{path_, 2};
};

TEST_F(PrivateFileTest, IsMadeForItsUserAloneAndComesBack) {
  EXPECT_EQ(*file_.read(kLimit), std::nullopt);
  ASSERT_TRUE(file_.write(kText));
  EXPECT_EQ(**file_.read(kLimit), kText);
  EXPECT_EQ(mode_of(path_), 0600U);
  EXPECT_EQ(mode_of(path_.parent_path()), 0700U);
}

TEST_F(PrivateFileTest, OfAnOlderFormatIsReadOfANewerOneRefused) {
  ASSERT_TRUE(file_.write("{\"version\":1}\n"));
  EXPECT_EQ(reason(), "read");
  ASSERT_TRUE(file_.write("{\"version\":3}\n"));
  EXPECT_THAT(reason(), HasSubstr("newer version (format 3, known up to 2)"));
}

TEST_F(PrivateFileTest, WithoutAVersionIsRefused) {
  for (const char* const text :
       {"", "body", "{}", "{\"version\":0}", "{\"version\":\"1\"}", "[1]"}) {
    ASSERT_TRUE(file_.write(text));
    EXPECT_THAT(reason(), HasSubstr("not in the form")) << text;
  }
}

TEST_F(PrivateFileTest, ThatOthersMayReadOrChangeIsRefused) {
  ASSERT_TRUE(file_.write(kText));
  fs::permissions(path_, static_cast<fs::perms>(0640));
  EXPECT_THAT(reason(), HasSubstr("readable by others"));
  EXPECT_FALSE(file_.open_to_append());
  fs::permissions(path_, static_cast<fs::perms>(0620));
  EXPECT_THAT(reason(), HasSubstr("writable by others"));
}

TEST_F(PrivateFileTest, InAFolderThatOthersMayChangeIsNeitherReadNorWritten) {
  ASSERT_TRUE(file_.write(kText));
  fs::permissions(path_.parent_path(), static_cast<fs::perms>(0777));
  EXPECT_THAT(reason(), HasSubstr("writable by others"));
  EXPECT_FALSE(file_.write(kText));
  EXPECT_FALSE(file_.open_to_append());
}

TEST_F(PrivateFileTest, OfSomebodyElseIsRefusedAndSoIsTheirFolder) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files to others: run this test as root";
  ASSERT_TRUE(file_.write(kText));
  ASSERT_EQ(::chown(path_.c_str(), 12345, 0), 0);
  EXPECT_THAT(reason(), HasSubstr("owned by user 12345"));
  ASSERT_EQ(::chown(path_.c_str(), 0, 0), 0);
  ASSERT_EQ(::chown(path_.parent_path().c_str(), 12345, 0), 0);
  EXPECT_THAT(reason(), HasSubstr("owned by user 12345"));
  EXPECT_FALSE(file_.write(kText));
}

TEST_F(PrivateFileTest, IsNotAppendedToThroughALink) {
  const fs::path elsewhere = folder_.write("elsewhere", "precious");
  fs::create_directories(path_.parent_path());
  fs::permissions(path_.parent_path(), fs::perms::owner_all);
  fs::create_symlink(elsewhere, path_);
  EXPECT_FALSE(file_.open_to_append());
}

TEST_F(PrivateFileTest, HasALockThatOneHoldsAtATime) {
  auto first = file_.lock(std::chrono::seconds(1));
  ASSERT_TRUE(first) << first.error().message;
  const auto second = file_.lock(std::chrono::milliseconds(20));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::timeout);
  first->reset();
  EXPECT_TRUE(file_.lock(std::chrono::seconds(1)));
}

TEST(CheckedFolders, AreNotSafeWhereTheyAreNotThere) {
  const TemporaryFolder folder;
  const auto checked = check_folders(folder.path() / "gone");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::configuration);
  EXPECT_EQ(checked.error().message,
            (folder.path() / "gone").string() + ": cannot be examined: No such file or directory");
}

TEST(XdgFolder, IsTheVariablesElseBelowHome) {
  EXPECT_EQ(xdg_folder("/x", "/home/ann", ".cache"), "/x/dockerhub");
  EXPECT_EQ(xdg_folder("relative", "/home/ann", ".cache"), "/home/ann/.cache/dockerhub");
  EXPECT_EQ(xdg_folder("", "", ".cache"), "");
}

}  // namespace
}  // namespace dockerhub
