// Files of modules that come, change and go.
#include "server/plugin_watch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <vector>

#include "../temporary_folder.hpp"

namespace dockerhub::server::test {
namespace {

namespace fs = std::filesystem;

class PluginWatchTest : public testing::Test {
 protected:
  void start() {
    auto watch = PluginWatch::start({{folder_}, record_}, [this] {
      const std::lock_guard lock(mutex_);
      ++looks_;
      seen_ = present();
      looked_.notify_all();
      return refused_ == 0 || refused_-- == 0;
    });
    ASSERT_TRUE(watch) << watch.error().message;
    watch_ = std::move(*watch);
  }
  void TearDown() override { watch_.reset(); }

  using Files = std::map<fs::path, std::string>;

  // What is there now, files with their bytes; each change makes it another.
  Files present() const {
    Files files;
    std::error_code ignored;
    fs::recursive_directory_iterator at(home_.path(), ignored);
    for (; at != fs::recursive_directory_iterator(); at.increment(ignored)) {
      std::string& bytes = files[at->path()];
      if (!at->is_directory(ignored)) std::ifstream(at->path()) >> bytes;
    }
    return files;
  }

  // Whether a look finds what this has changed: one that was late for the change before does not.
  template <typename Change>
  bool looks_after(const Change& change) {
    change();
    const Files changed = present();
    std::unique_lock lock(mutex_);
    return looked_.wait_for(lock, std::chrono::seconds(20), [&] { return seen_ == changed; });
  }

  int looks() {
    const std::lock_guard lock(mutex_);
    return looks_;
  }

  void write(const fs::path& file) { std::ofstream(file) << "bytes-" << ++written_; }

  TemporaryFolder home_;
  const fs::path folder_ = home_.path() / "data" / "plugins";
  const fs::path record_ = home_.path() / "config" / "trusted.json";
  std::mutex mutex_;
  std::condition_variable looked_;
  int looks_ = 0;
  Files seen_;  // at the last look
  int written_ = 0;
  int refused_ = 0;  // looks that cannot be taken now
  std::unique_ptr<PluginWatch> watch_;
};

TEST_F(PluginWatchTest, ModulesThatComeChangeAndGoAreNoticed) {
  fs::create_directories(folder_);
  start();
  const fs::path file = folder_ / "a.so";
  EXPECT_TRUE(looks_after([&] { write(file); }));
  EXPECT_TRUE(looks_after([&] { write(file); }));
  write(folder_ / "new");
  EXPECT_TRUE(looks_after([&] { fs::rename(folder_ / "new", file); }));
  EXPECT_TRUE(looks_after([&] { fs::create_symlink(file, folder_ / "b.so"); }));
  EXPECT_TRUE(looks_after([&] { fs::remove(file); }));
}

TEST_F(PluginWatchTest, FilesThatAreBeingWrittenAreNotLookedAt) {
  constexpr int kFiles = 5;
  fs::create_directories(folder_);
  start();
  std::vector<std::ofstream> open;
  for (int each = 0; each < kFiles; ++each) {
    open.emplace_back(folder_ / ("open-" + std::to_string(each) + ".so")) << "half" << std::flush;
    // Its look comes after that for the file before it, if there were one.
    write(folder_ / "new");
    EXPECT_TRUE(looks_after([&] { fs::rename(folder_ / "new", folder_ / "whole.so"); }));
  }
  EXPECT_EQ(looks(), kFiles);
  EXPECT_TRUE(looks_after([&] {
    open.front() << "whole";
    open.front().close();
  }));
  EXPECT_EQ(looks(), kFiles + 1);
}

TEST_F(PluginWatchTest, FoldersThatComeLaterAreWatched) {
  start();
  EXPECT_TRUE(looks_after([&] { fs::create_directories(folder_); }));
  EXPECT_TRUE(looks_after([&] { write(folder_ / "a.so"); }));
  EXPECT_TRUE(looks_after([&] { fs::remove_all(home_.path() / "data"); }));
  EXPECT_TRUE(looks_after([&] { fs::create_directories(folder_); }));
  EXPECT_TRUE(looks_after([&] { write(folder_ / "a.so"); }));
}

TEST_F(PluginWatchTest, ANewRecordOfTrustIsNoticed) {
  start();
  EXPECT_TRUE(looks_after([&] { fs::create_directories(record_.parent_path()); }));
  write(record_.parent_path() / "temporary");
  EXPECT_TRUE(looks_after([&] { fs::rename(record_.parent_path() / "temporary", record_); }));
}

TEST_F(PluginWatchTest, ALookThatCannotBeTakenIsTakenLater) {
  fs::create_directories(folder_);
  refused_ = 1;
  start();
  write(folder_ / "a.so");
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(looked_.wait_for(lock, std::chrono::seconds(20), [&] { return looks_ >= 2; }));
}

}  // namespace
}  // namespace dockerhub::server::test
