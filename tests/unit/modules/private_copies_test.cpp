#include "modules/private_copies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

unsigned mode_of(const fs::path& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

class PrivateCopiesTest : public testing::Test {
 protected:
  PrivateCopiesTest() { fs::create_directory(parent_); }

  CheckedFile checked(const fs::path& file) {
    auto opened = CheckedFile::open(file);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }

  TemporaryFolder folder_;
  fs::path parent_ = folder_.path() / "parent";
  fs::path file_ = folder_.write("a.so", "abc");
};

TEST_F(PrivateCopiesTest, AreReadableForThisUserAlone) {
  PrivateCopies copies({parent_});
  const auto copy = copies.make(checked(file_), "");
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(text_of((*copy)->path()), "abc");
  EXPECT_EQ(mode_of((*copy)->path()), 0600U);
  EXPECT_EQ(mode_of((*copy)->path().parent_path()), 0700U);
}

TEST_F(PrivateCopiesTest, HaveANameOfTheirOwnEachTime) {
  PrivateCopies copies({parent_});
  const CheckedFile file = checked(file_);
  const auto first = copies.make(file, "");
  const auto second = copies.make(file, "");
  ASSERT_TRUE(first && second);
  EXPECT_NE((*first)->path(), (*second)->path());
}

TEST_F(PrivateCopiesTest, LeaveNothingBehind) {
  {
    PrivateCopies copies({parent_});
    auto copy = copies.make(checked(file_), "");
    ASSERT_TRUE(copy);
    const fs::path path = (*copy)->path();
    copy->reset();
    EXPECT_FALSE(fs::exists(path));
  }
  EXPECT_TRUE(fs::is_empty(parent_));
}

TEST_F(PrivateCopiesTest, KeepTheirFolderUntilTheLastOneIsGone) {
  std::shared_ptr<const PrivateCopies::Copy> copy;
  {
    PrivateCopies copies({parent_});
    copy = copies.make(checked(file_), "").value();
  }
  EXPECT_EQ(text_of(copy->path()), "abc");
  copy.reset();
  EXPECT_TRUE(fs::is_empty(parent_));
}

TEST_F(PrivateCopiesTest, MakeNoFolderBeforeTheFirstCopy) {
  const PrivateCopies copies({parent_});
  EXPECT_TRUE(fs::is_empty(parent_));
}

TEST_F(PrivateCopiesTest, RefuseBytesThatAreNotThoseThatWereTrusted) {
  PrivateCopies copies({parent_});
  const CheckedFile file = checked(file_);
  const std::string sha256 = file.sha256().value();
  EXPECT_TRUE(copies.make(file, sha256));
  std::ofstream(file_, std::ios::app) << "more";
  const auto copy = copies.make(file, sha256);
  ASSERT_FALSE(copy);
  EXPECT_THAT(copy.error().message, HasSubstr("a.so: changed between check and load"));
}

TEST_F(PrivateCopiesTest, HoldTheCheckedBytesAlsoWhenThePathHoldsOthers) {
  PrivateCopies copies({parent_});
  const CheckedFile file = checked(file_);
  const std::string sha256 = file.sha256().value();
  fs::rename(folder_.write("b.so", "other"), file_);
  const auto copy = copies.make(file, sha256);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(text_of((*copy)->path()), "abc");
}

TEST_F(PrivateCopiesTest, AreNotMadeWhereOthersCouldReplaceThem) {
  const fs::path open = folder_.path() / "open";
  fs::create_directory(open);
  fs::permissions(open, static_cast<fs::perms>(0777));
  PrivateCopies nowhere({open});
  const auto refused = nowhere.make(checked(file_), "");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("tried " + open.string()));
  PrivateCopies elsewhere({open, parent_});
  EXPECT_TRUE(elsewhere.make(checked(file_), ""));
}

}  // namespace
}  // namespace dockerhub
