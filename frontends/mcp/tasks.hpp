// The tasks of one server, by id. Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "task.hpp"

namespace dockerhub::mcp {

class Tasks {
 public:
  static constexpr std::size_t kMost = 1000;

  // A new id, which cannot be guessed; empty when the system gives no random numbers.
  static std::string new_id();

  // False when there are too many: the call is then answered when it has ended. now: those that are over by
  // then go.
  bool add(const std::shared_ptr<Task>& task, Task::Clock::time_point now = Task::Clock::now());
  // nullptr: no such task, or it belongs to somebody else.
  std::shared_ptr<Task> find(const std::string& id, const std::string& principal) const;
  void cancel_all();

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Task>> tasks_;
};

}  // namespace dockerhub::mcp
