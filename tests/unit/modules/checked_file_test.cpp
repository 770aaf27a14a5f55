#include "modules/checked_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr uid_t kSomebody = 12345;
constexpr const char* kNeedsRoot = "only root can give files to others: run this test as root";

std::string reason(const fs::path& file) {
  const auto opened = CheckedFile::open(file);
  return opened ? "accepted" : opened.error().message;
}

TEST(CheckedFile, TakesAFileThatOnlyItsUserCanChange) {
  const TemporaryFolder folder;
  EXPECT_EQ(reason(folder.write("a.so", "x")), "accepted")
      << "the sticky /tmp of root above it is safe";
}

TEST(CheckedFile, RefusesAFileThatOthersCanWrite) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a.so", "x", 0620);
  EXPECT_EQ(reason(file), file.string() + ": writable by others");
  fs::permissions(file, static_cast<fs::perms>(0602));
  EXPECT_EQ(reason(file), file.string() + ": writable by others");
}

TEST(CheckedFile, RefusesAFileUnderAFolderThatOthersCanWrite) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("outer/inner/a.so", "x");
  fs::permissions(folder.path() / "outer", static_cast<fs::perms>(0770));
  EXPECT_EQ(reason(file), (folder.path() / "outer").string() + ": writable by others");
}

TEST(CheckedFile, RefusesWhatSomebodyElseOwns) {
  if (::geteuid() != 0) GTEST_SKIP() << kNeedsRoot;
  const TemporaryFolder folder;
  const fs::path file = folder.write("outer/a.so", "x");
  ASSERT_EQ(::chown(file.c_str(), kSomebody, 0), 0);
  EXPECT_THAT(reason(file), HasSubstr("owned by user 12345, not by root or by you"));
  ASSERT_EQ(::chown(file.c_str(), 0, 0), 0);
  ASSERT_EQ(::chown((folder.path() / "outer").c_str(), kSomebody, 0), 0);
  EXPECT_THAT(reason(file), HasSubstr("outer: owned by user 12345"));
}

TEST(CheckedFile, RefusesAStickyFolderOfSomebodyElse) {
  if (::geteuid() != 0) GTEST_SKIP() << kNeedsRoot;
  const TemporaryFolder folder;
  const fs::path file = folder.write("outer/a.so", "x");
  fs::permissions(folder.path() / "outer", static_cast<fs::perms>(01777));
  EXPECT_EQ(reason(file), "accepted");
  ASSERT_EQ(::chown((folder.path() / "outer").c_str(), kSomebody, 0), 0);
  EXPECT_NE(reason(file), "accepted");
}

TEST(CheckedFile, FollowsALinkAndChecksWhereItLeads) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("real/a.so", "x");
  fs::create_symlink(file, folder.path() / "link.so");
  const auto opened = CheckedFile::open(folder.path() / "link.so");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->path(), fs::canonical(file));
  fs::permissions(file, static_cast<fs::perms>(0666));
  EXPECT_THAT(reason(folder.path() / "link.so"), HasSubstr("writable by others"));
}

TEST(CheckedFile, RefusesALinkThatOthersCanReplace) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("real/a.so", "x");
  fs::create_directory(folder.path() / "open");
  fs::create_symlink(file, folder.path() / "open" / "link.so");
  fs::permissions(folder.path() / "open", static_cast<fs::perms>(0777));
  EXPECT_EQ(reason(folder.path() / "open" / "link.so"),
            (folder.path() / "open").string() + ": writable by others");
}

TEST(CheckedFile, AsOneOfManyIsRefusedForAFolderThatIsAskedForTheFirstTime) {
  const TemporaryFolder folder;
  const fs::path good = folder.write("good/a.so", "x");
  const fs::path bad = folder.write("bad/b.so", "x");
  fs::permissions(folder.path() / "bad", static_cast<fs::perms>(0777));
  CheckedFolders folders;
  EXPECT_TRUE(CheckedFile::open(good, folders));
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(CheckedFile::open(bad, folders));
  EXPECT_TRUE(CheckedFile::open(good, folders));
}

TEST(CheckedFile, RefusesWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / "folder.so");
  EXPECT_THAT(reason(folder.path() / "folder.so"), HasSubstr("is not a regular file"));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe.so").c_str(), 0600), 0);
  EXPECT_THAT(reason(folder.path() / "pipe.so"), HasSubstr("is not a regular file"));
  EXPECT_THAT(reason(folder.path() / "absent.so"), HasSubstr("cannot be found"));
}

TEST(CheckedFile, RefusesWhatTheSystemDoesNotOpenWithItsReason) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "socket.so";
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, file.c_str(), sizeof(address.sun_path) - 1);
  const UniqueFd bound(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::bind(bound.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const auto opened = CheckedFile::open(file);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::module_fault);
  EXPECT_EQ(opened.error().message,
            file.string() + ": cannot be opened: No such device or address");
}

TEST(CheckedFile, KnowsTheSha256OfItsBytes) {
  const TemporaryFolder folder;
  const auto opened = CheckedFile::open(folder.write("a.so", "abc"));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->sha256().value(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(CheckedFile, NoticesThatTheFileWasReplaced) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a.so", "old");
  const auto opened = CheckedFile::open(file);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->unchanged());
  fs::rename(folder.write("b.so", "new"), file);
  const auto unchanged = opened->unchanged();
  ASSERT_FALSE(unchanged);
  EXPECT_EQ(unchanged.error().message, file.string() + ": changed between check and load");
}

TEST(CheckedFile, NoticesThatTheFileWasWrittenTo) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a.so", "old");
  const auto opened = CheckedFile::open(file);
  ASSERT_TRUE(opened);
  std::ofstream(file, std::ios::app) << "more";
  EXPECT_FALSE(opened->unchanged());
}

TEST(CheckedFile, NoticesThatTheFileIsGone) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a.so", "old");
  const auto opened = CheckedFile::open(file);
  ASSERT_TRUE(opened);
  fs::remove(file);
  EXPECT_FALSE(opened->unchanged());
}

}  // namespace
}  // namespace dockerhub
