#include "memory_state.hpp"

#include <algorithm>
#include <utility>

namespace dockerhub::rest {
namespace {

std::size_t bytes_of(const Approval& approval) {
  std::size_t size = approval.text.size() + approval.target.size() + approval.call_state.size();
  for (const std::string& key : approval.keys) size += key.size();
  return size;
}

}  // namespace

// One that runs will have an answer: its place is taken now.
std::size_t MemoryState::size_of(const std::string& key, const Record& record) {
  return key.size() + record.principal.size() + record.digest.size() +
         (record.answer ? record.answer->body.size() : kLongestKept);
}

std::size_t MemoryState::kept_bytes(const std::string* principal) const {
  const auto counts = [&](const std::string& owner) {
    return principal == nullptr || owner == *principal;
  };
  std::size_t bytes = 0;
  for (const auto& [id, approval] : approvals_) {
    if (counts(approval.principal)) bytes += bytes_of(approval);
  }
  for (const auto& [key, record] : records_) {
    if (counts(record.principal)) bytes += size_of(key, record);
  }
  return bytes;
}

// With the lock. more: bytes of what is to be kept.
template <typename Kept>
Result<void> MemoryState::check_place(const std::map<std::string, Kept>& kept,
                                      const std::string& principal, std::size_t more,
                                      const char* what) const {
  const auto own =
      static_cast<std::size_t>(std::count_if(kept.begin(), kept.end(), [&](const auto& each) {
        return each.second.principal == principal;
      }));
  if (own >= bounds_.of_one || kept_bytes(&principal) + more > bounds_.bytes_of_one) {
    return no_place(Full::of_one, what);
  }
  if (kept.size() >= bounds_.all || kept_bytes() + more > bounds_.bytes) {
    return no_place(Full::of_all, what);
  }
  return {};
}

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
  const auto place = check_place(approvals_, approval.principal, bytes_of(approval), "approvals");
  if (!place) return place;
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

Result<bool> MemoryState::decide(const std::string& id, bool approved, const std::string& by) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = approvals_.find(id);
  if (found == approvals_.end() || found->second.decision) return false;
  found->second.decision = approved;
  found->second.decided_by = by;
  return true;
}

Result<std::vector<Approval>> MemoryState::approvals() {
  const std::lock_guard lock(mutex_);
  drop_old();
  std::vector<Approval> all;
  for (const auto& [id, approval] : approvals_) all.emplace_back(approval).call_state.clear();
  return all;
}

Result<State::Beginning> MemoryState::begin(const std::string& principal, const std::string& key,
                                            const std::string& digest) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = records_.find(key);
  if (found == records_.end()) {
    const std::string attempt = std::to_string(++attempts_);
    Record begun{principal, digest, attempt, Clock::now() + bounds_.answer_life, std::nullopt};
    const auto place = check_place(records_, principal, size_of(key, begun), "answers");
    if (!place) return Failure(place.error());
    records_.emplace(key, std::move(begun));
    return Beginning{Begun::now, {}, attempt};
  }
  const Record& record = found->second;
  if (record.digest != digest) return Beginning{Begun::other_request, {}, {}};
  if (!record.answer) return Beginning{Begun::running, {}, {}};
  return Beginning{Begun::done, *record.answer, {}};
}

Result<void> MemoryState::finish(const std::string& key, const std::string& attempt,
                                 KeptAnswer answer) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found != records_.end() && found->second.attempt == attempt)
    found->second.answer = std::move(answer);
  return {};
}

Result<void> MemoryState::forget(const std::string& key, const std::string& attempt) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found != records_.end() && found->second.attempt == attempt) records_.erase(found);
  return {};
}

}  // namespace dockerhub::rest
