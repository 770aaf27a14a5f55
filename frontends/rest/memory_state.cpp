#include "memory_state.hpp"

#include <utility>

namespace dockerhub::rest {
namespace {

Failure full(const char* what) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = std::string("the server keeps as many ") + what + " as it can";
  error.hint = "Try again later.";
  error.retry_after = std::chrono::minutes(1);
  return Failure(std::move(error));
}

}  // namespace

// With the lock. What still runs is never old.
void MemoryState::drop_old() {
  const auto now = Clock::now();
  std::erase_if(approvals_, [&](const auto& each) { return each.second.expires <= now; });
  std::erase_if(records_,
                [&](const auto& each) { return each.second.answer && each.second.expires <= now; });
  std::erase_if(used_, [&](const auto& each) { return each.second <= now; });
}

Result<bool> MemoryState::use(const std::string& number, Clock::time_point expires) {
  const std::lock_guard lock(mutex_);
  drop_old();
  return used_.emplace(number, expires).second;
}

Result<void> MemoryState::keep(Approval approval) {
  const std::lock_guard lock(mutex_);
  drop_old();
  if (approvals_.size() >= kMost) return full("approvals");
  std::string id = approval.id;
  approvals_.insert_or_assign(std::move(id), std::move(approval));
  return {};
}

Result<std::optional<Approval>> MemoryState::find(const std::string& id) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = approvals_.find(id);
  if (found == approvals_.end()) return std::nullopt;
  return found->second;
}

Result<bool> MemoryState::take(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return approvals_.erase(id) > 0;
}

Result<bool> MemoryState::decide(const std::string& id, bool approved) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = approvals_.find(id);
  if (found == approvals_.end() || found->second.decision) return false;
  found->second.decision = approved;
  return true;
}

Result<std::vector<Approval>> MemoryState::approvals() {
  const std::lock_guard lock(mutex_);
  drop_old();
  std::vector<Approval> all;
  for (const auto& [id, approval] : approvals_) all.push_back(approval);
  return all;
}

Result<State::Beginning> MemoryState::begin(const std::string& key, const std::string& digest) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = records_.find(key);
  if (found == records_.end()) {
    if (records_.size() >= kMost) return full("answers");
    records_.emplace(key, Record{digest, Clock::now() + kAnswerLife, std::nullopt});
    return Beginning{};
  }
  const Record& record = found->second;
  if (record.digest != digest) return Beginning{Begun::other_request, {}};
  if (!record.answer) return Beginning{Begun::running, {}};
  return Beginning{Begun::done, *record.answer};
}

Result<void> MemoryState::finish(const std::string& key, KeptAnswer answer) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found != records_.end()) found->second.answer = std::move(answer);
  return {};
}

Result<void> MemoryState::forget(const std::string& key) {
  const std::lock_guard lock(mutex_);
  records_.erase(key);
  return {};
}

}  // namespace dockerhub::rest
