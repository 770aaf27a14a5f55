#include "client_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace dockerhub::cli {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ClientFiles : public testing::Test {
 protected:
  ClientFiles() {
    std::string name = (fs::temp_directory_path() / "dockerhub-client-XXXXXX").string();
    folder_ = fs::canonical(::mkdtemp(name.data()));
  }
  ~ClientFiles() override { fs::remove_all(folder_); }

  fs::path write(const char* name, const char* text, mode_t mode) const {
    std::ofstream(folder_ / name) << text;
    ::chmod((folder_ / name).c_str(), mode);
    return folder_ / name;
  }

  static mode_t mode_of(const fs::path& path) {
    struct stat status {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 07777;
  }

  std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(ClientFiles, AreReplacedWithTheirModeAfterACopy) {
  const fs::path path = write("a.json", "old", 0640);
  const auto file = read_client_file(path);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "old");
  const auto backup = replace_client_file(*file, "new");
  ASSERT_TRUE(backup) << backup.error().message;
  EXPECT_EQ(backup->filename(), "a.json.backup-1");
  EXPECT_EQ(content_of(path), "new");
  EXPECT_EQ(content_of(*backup), "old");
  EXPECT_EQ(mode_of(path), mode_t{0640});
  EXPECT_EQ(mode_of(*backup), mode_t{0640});
  EXPECT_EQ(replace_client_file(*read_client_file(path), "newer")->filename(), "a.json.backup-2");
  EXPECT_EQ(count(), 3U);
}

TEST_F(ClientFiles, AreMadeForTheUserAlone) {
  const auto file = read_client_file(folder_ / "b" / "c.json");
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->exists);
  EXPECT_EQ(replace_client_file(*file, "new")->string(), "");
  EXPECT_EQ(mode_of(folder_ / "b" / "c.json"), mode_t{0600});
}

TEST_F(ClientFiles, StayLinks) {
  const fs::path path = write("real.json", "old", 0600);
  fs::create_symlink("real.json", folder_ / "link.json");
  const auto file = read_client_file(folder_ / "link.json");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, path);
  ASSERT_TRUE(replace_client_file(*file, "new"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_EQ(content_of(path), "new");
}

void expect_changed_meanwhile(const ClientFile& file) {
  const auto refused = replace_client_file(file, "new");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_THAT(refused.error().message, HasSubstr("changed meanwhile"));
  EXPECT_THAT(refused.error().hint, HasSubstr("Call again"));
}

TEST_F(ClientFiles, ThatSomebodyElseChangedMeanwhileAreLeftAlone) {
  const fs::path path = write("a.json", "old", 0600);
  const auto file = read_client_file(path);
  ASSERT_TRUE(file);
  write("a.json", "theirs", 0600);
  expect_changed_meanwhile(*file);
  EXPECT_EQ(content_of(path), "theirs");
  EXPECT_EQ(count(), 1U);  // no copy, and nothing beside it
  fs::remove(path);
  expect_changed_meanwhile(*file);
  EXPECT_EQ(count(), 0U);
}

TEST_F(ClientFiles, ThatSomebodyElseMadeMeanwhileAreLeftAlone) {
  const auto file = read_client_file(folder_ / "a.json");
  ASSERT_TRUE(file);
  const fs::path path = write("a.json", "", 0600);
  expect_changed_meanwhile(*file);
  EXPECT_EQ(content_of(path), "");
  EXPECT_EQ(count(), 1U);
}

TEST_F(ClientFiles, AreNoLinksThatLeadNowhere) {
  fs::create_symlink("no-file.json", folder_ / "link.json");
  fs::create_symlink(folder_ / "no-folder", folder_ / "folder");
  for (const auto& [file, target] :
       {std::pair("link.json", "no-file.json"), std::pair("folder/a.json", "no-folder")}) {
    const auto refused = read_client_file(folder_ / file);
    ASSERT_FALSE(refused) << file;
    EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
    const std::string link = (folder_ / fs::path(file).begin()->string()).string();
    EXPECT_THAT(refused.error().message, HasSubstr(link + ": it is a link to"));
    EXPECT_THAT(refused.error().message, HasSubstr(target));
  }
}

TEST_F(ClientFiles, AreNoFoldersOrPipes) {
  EXPECT_FALSE(read_client_file(folder_));
  ::mkfifo((folder_ / "pipe").c_str(), 0600);
  EXPECT_FALSE(read_client_file(folder_ / "pipe"));
}

}  // namespace
}  // namespace dockerhub::cli
