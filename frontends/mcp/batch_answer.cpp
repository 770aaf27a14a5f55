#include "batch_answer.hpp"

namespace dockerhub::mcp {

void BatchAnswer::add(const std::string& message) {
  std::unique_lock lock(mutex_);
  if (!message.empty()) answers_ += (answers_.empty() ? "[" : ",") + message;
  if (--missing_ != 0) return;
  const std::string all = answers_.empty() ? answers_ : answers_ + "]";
  lock.unlock();
  answer_({all});
}

}  // namespace dockerhub::mcp
