#include "batch_answer.hpp"

namespace dockerhub::mcp {

void BatchAnswer::add(const std::string& message) {
  std::unique_lock lock(mutex_);
  if (!message.empty()) answers_ += (answers_.empty() ? "[" : ",") + message;
  if (--missing_ != 0 || answers_.empty()) return;
  const std::string all = answers_ + "]";
  lock.unlock();
  send_(all);
}

}  // namespace dockerhub::mcp
