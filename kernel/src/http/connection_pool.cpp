#include "http/connection_pool.hpp"

#include <algorithm>
#include <iterator>

namespace dockerhub::http {
namespace {

constexpr std::chrono::seconds kIdleLife{30};
constexpr std::ptrdiff_t kMostOfOrigin = 16;
constexpr std::size_t kMostIdle = 64;

}  // namespace

// To be called with the lock held; closing them may take system calls and is done after it.
std::vector<ConnectionPool::Idle> ConnectionPool::take_expired(Clock::time_point now) {
  const auto alive = std::find_if(idle_.begin(), idle_.end(),
                                  [now](const Idle& idle) { return now - idle.since < kIdleLife; });
  std::vector<Idle> expired(std::make_move_iterator(idle_.begin()), std::make_move_iterator(alive));
  idle_.erase(idle_.begin(), alive);
  return expired;
}

std::unique_ptr<Connection> ConnectionPool::take(const Origin& origin) {
  std::vector<Idle> closed;
  for (;;) {
    std::unique_ptr<Connection> found;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      closed = take_expired(Clock::now());
      const auto last = std::find_if(idle_.rbegin(), idle_.rend(),
                                     [&origin](const Idle& idle) { return idle.leads_to(origin); });
      if (last == idle_.rend()) return nullptr;
      found = std::move(last->connection);
      idle_.erase(std::next(last).base());
    }
    if (found->is_quiet()) return found;
  }
}

void ConnectionPool::keep(std::unique_ptr<Connection> connection) {
  connection->use(nullptr);
  connection->set_used();
  std::vector<Idle> closed;
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  closed = take_expired(now);
  const auto same = [&connection](const Idle& idle) { return idle.leads_to(connection->origin()); };
  const bool full = std::count_if(idle_.begin(), idle_.end(), same) >= kMostOfOrigin;
  if (full || idle_.size() >= kMostIdle) {
    const auto oldest = full ? std::find_if(idle_.begin(), idle_.end(), same) : idle_.begin();
    closed.push_back(std::move(*oldest));
    idle_.erase(oldest);
  }
  idle_.push_back({std::move(connection), now});
}

void ConnectionPool::clear() {
  std::vector<Idle> closed;
  const std::lock_guard lock(mutex_);
  closed.swap(idle_);
}

}  // namespace dockerhub::http
