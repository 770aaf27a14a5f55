// Tasks: whatever comes at once, their call is answered once; how many there are, and how long.
#include "task.hpp"

#include <latch>
#include <thread>

#include "server_parts.hpp"
#include "tasks.hpp"

namespace dockerhub::mcp::test {
namespace {

const char* const kRequest =
    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}})";

std::shared_ptr<Task> make_task(std::string id, Inbox& inbox) {
  return std::make_shared<Task>(std::move(id), "somebody", *json::parse(kRequest), inbox.outlet());
}

TEST(TaskThreads, ItsCallIsAnsweredOnceWhateverComesFirst) {
  for (int round = 0; round < 100; ++round) {
    Inbox inbox;
    const auto task = make_task("1", inbox);
    std::latch all(4);
    const auto at_once = [&](auto work) {
      return std::thread([&all, work] {
        all.arrive_and_wait();
        work();
      });
    };
    std::vector<std::thread> threads;
    threads.push_back(at_once([&] { task->announce(); }));
    threads.push_back(at_once([&] { task->finish(std::string("{}"), {"the result"}); }));
    threads.push_back(at_once([&] { task->cancel(); }));
    threads.push_back(at_once([&] {
      task->update(nullptr);
      EXPECT_NE(task->describe().find("taskId"), std::string::npos);
      EXPECT_TRUE(task->message().IsObject());
    }));
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(inbox.size(), 1U);
  }
}

class TasksTest : public testing::Test {
 protected:
  // One that has become a task, and has ended unless it works on.
  std::shared_ptr<Task> announced(const std::string& id, bool ended) {
    auto task = make_task(id, inbox_);
    task->announce();
    if (ended) task->finish(std::string("{}"), {});
    return task;
  }

  const Task::Clock::time_point now_ = Task::Clock::now();
  Inbox inbox_;
  Tasks tasks_;
};

TEST_F(TasksTest, ThereIsALimitWhichTasksThatAreOverDoNotCount) {
  for (std::size_t number = 0; number < Tasks::kMost; ++number) {
    ASSERT_TRUE(tasks_.add(announced(std::to_string(number), true), now_)) << number;
  }
  const auto more = announced("more", true);
  EXPECT_FALSE(tasks_.add(more, now_));
  EXPECT_FALSE(tasks_.add(more, now_ + Task::kLifetime - std::chrono::minutes(1)));
  EXPECT_NE(tasks_.find("0", "somebody"), nullptr);
  EXPECT_TRUE(tasks_.add(more, now_ + Task::kLifetime + std::chrono::minutes(1)));
  EXPECT_EQ(tasks_.find("0", "somebody"), nullptr);
}

TEST_F(TasksTest, OneThatWorksIsKeptAndCounts) {
  for (std::size_t number = 0; number < Tasks::kMost; ++number) {
    ASSERT_TRUE(tasks_.add(announced(std::to_string(number), false), now_)) << number;
  }
  EXPECT_FALSE(tasks_.add(announced("more", true), now_ + 2 * Task::kLifetime));
  EXPECT_NE(tasks_.find("0", "somebody"), nullptr);
}

TEST_F(TasksTest, NobodyFindsThatOfAnother) {
  ASSERT_TRUE(tasks_.add(announced("1", true), now_));
  EXPECT_NE(tasks_.find("1", "somebody"), nullptr);
  EXPECT_EQ(tasks_.find("1", "somebody else"), nullptr);
  EXPECT_EQ(tasks_.find("1", "somebody [read]"), nullptr);
}

}  // namespace
}  // namespace dockerhub::mcp::test
