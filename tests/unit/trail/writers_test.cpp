#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "trail_fixture.hpp"

namespace dockerhub {
namespace {

constexpr int kWriters = 4;
constexpr int kEntries = 10;

TEST_F(TrailTest, IsWholeWithSeveralThreads) {
  Trail shared = trail();
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&shared] {
      for (int n = 0; n < kEntries; ++n) EXPECT_TRUE(shared.append(members));
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(verified(), "40 entries");
}

TEST_F(TrailTest, IsWholeWithSeveralProcesses) {
  std::vector<pid_t> children;
  for (int i = 0; i < kWriters; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Trail own = trail();
      bool good = true;
      for (int n = 0; n < kEntries; ++n) good = own.append(members) && good;
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(verified(), "40 entries");
}

// Killed at any moment, a writer leaves what the next one can take up.
TEST_F(TrailTest, IsWholeAfterWritersThatWereKilled) {
  for (int round = 0; round < 5; ++round) {
    const auto before = std::filesystem::exists(file("trail.ndjson"))
                            ? std::filesystem::file_size(file("trail.ndjson"))
                            : 0;
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Trail own = trail();
      while (own.append(members)) {
      }
      ::_exit(1);
    }
    // Not before it wrote something.
    std::error_code ignored;
    while (!std::filesystem::exists(file("trail.ndjson"), ignored) ||
           std::filesystem::file_size(file("trail.ndjson"), ignored) <= before + 500) {
      std::this_thread::yield();
    }
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    record(1);
    EXPECT_EQ(verified().find("fault"), std::string::npos) << verified();
  }
}

}  // namespace
}  // namespace dockerhub
