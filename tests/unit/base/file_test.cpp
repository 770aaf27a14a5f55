#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;

TEST(ReadFile, GivesTheWholeText) {
  const TemporaryFolder folder;
  const std::string text(200'000, 'x');
  const auto file = read_file(folder.write("a", text), 200'000);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, text);
}

TEST(ReadFile, RefusesMoreThanTheLimit) {
  const TemporaryFolder folder;
  const auto file = read_file(folder.write("a", "12345"), 4);
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("too large"), std::string::npos);
}

TEST(ReadFile, NamesPathAndCause) {
  const auto file = read_file("/nowhere/config.yaml", 10);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::configuration);
  EXPECT_NE(file.error().message.find("/nowhere/config.yaml"), std::string::npos);
  EXPECT_NE(file.error().hint.find("No such file"), std::string::npos);
}

TEST(ReadFile, DoesNotWaitForAPipe) {
  const TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto file = read_file(pipe, 10);
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("not a regular file"), std::string::npos);
}

TEST(ReadFile, TellsWhoMayWriteAndRead) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_file(folder.write("a", "", 0600), 1)->only_ours());
  EXPECT_FALSE(read_file(folder.write("a", "", 0600), 1)->readable_by_others());
  EXPECT_TRUE(read_file(folder.write("b", "", 0644), 1)->readable_by_others());
  EXPECT_FALSE(read_file(folder.write("c", "", 0620), 1)->only_ours());
  EXPECT_FALSE(read_file(folder.write("d", "", 0602), 1)->only_ours());
}

TEST(WriteFile, MakesAPrivateFileAndItsFolder) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "new" / "trust.json";
  ASSERT_TRUE(write_file(file, "{}"));
  EXPECT_EQ(read_file(file, 10)->text, "{}");
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(file.parent_path()).permissions(), fs::perms::owner_all);
}

TEST(WriteFile, ReplacesTheOldTextAndLeavesNothingElse) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("a", "a long old text");
  ASSERT_TRUE(write_file(file, "new"));
  EXPECT_EQ(read_file(file, 100)->text, "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(WriteFile, LeavesNothingBehindWhenItFails) {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / "a");
  folder.write("a/b", "");
  EXPECT_FALSE(write_file(folder.path() / "a", "text"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(WriteFile, NamesTheFolderThatCannotBeMade) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("file", "kept");
  const auto written = write_file(file / "inner" / "a", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::configuration);
  EXPECT_NE(written.error().message.find("cannot make the folder"), std::string::npos);
  EXPECT_NE(written.error().message.find((file / "inner").string()), std::string::npos);
  EXPECT_EQ(read_file(file, 10)->text, "kept");
}

TEST(IsMissing, IsTrueOnlyWhereNothingIs) {
  const TemporaryFolder folder;
  EXPECT_TRUE(is_missing(folder.path() / "a"));
  EXPECT_FALSE(is_missing(folder.path()));
}

}  // namespace
}  // namespace dockerhub
