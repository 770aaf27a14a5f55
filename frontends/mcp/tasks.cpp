#include "tasks.hpp"

#include <vector>

#include "server/random_id.hpp"

namespace dockerhub::mcp {

std::string Tasks::new_id() {
  return server::random_id();
}

bool Tasks::add(const std::shared_ptr<Task>& task, Task::Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  for (auto each = tasks_.begin(); each != tasks_.end();) {
    each = each->second->over(now) ? tasks_.erase(each) : std::next(each);
  }
  if (tasks_.size() >= kMost) return false;
  tasks_.emplace(task->id(), task);
  return true;
}

std::shared_ptr<Task> Tasks::find(const std::string& id, const std::string& principal) const {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(id);
  if (found == tasks_.end() || found->second->principal() != principal) return nullptr;
  return found->second;
}

void Tasks::cancel_all() {
  std::vector<std::shared_ptr<Task>> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, task] : tasks_) all.push_back(task);
  }
  for (const auto& task : all) task->cancel();
}

}  // namespace dockerhub::mcp
