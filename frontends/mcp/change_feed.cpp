#include "change_feed.hpp"

#include <vector>

namespace dockerhub::mcp {

ChangeFeed::ChangeFeed(Kernel& kernel)
    : kernel_(kernel),
      subscription_(kernel.on_change([this](const Change& change) { note(change); })) {}

ChangeFeed::~ChangeFeed() {
  // No note() may come when the members go.
  subscription_.reset();
}

ChangeFeed::Number ChangeFeed::add(std::set<Change::Kind> kinds, Tell tell) {
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable()) {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  listeners_.emplace(++last_,
                     Listener{std::move(kinds), {}, std::make_shared<const Tell>(std::move(tell))});
  return last_;
}

void ChangeFeed::remove(Number listener) {
  std::unique_lock lock(mutex_);
  const auto found = listeners_.find(listener);
  if (found == listeners_.end()) return;
  const std::set<std::string> uris = std::move(found->second.uris);
  listeners_.erase(found);
  const bool by_itself = std::this_thread::get_id() == teller_;
  lock.unlock();
  if (!by_itself) {
    const std::lock_guard told(telling_);
  }
  for (const std::string& uri : uris) release(uri);
}

Result<void> ChangeFeed::watch(Number listener, const std::string& uri) {
  if (auto known = kernel_.watch_resource(uri, true); !known) return known;
  const std::lock_guard lock(mutex_);
  const auto found = listeners_.find(listener);
  if (found != listeners_.end() && found->second.uris.insert(uri).second) ++watched_[uri];
  return {};
}

void ChangeFeed::unwatch(Number listener, const std::string& uri) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = listeners_.find(listener);
    if (found == listeners_.end() || found->second.uris.erase(uri) == 0) return;
  }
  release(uri);
}

// The last one who watched it has gone.
void ChangeFeed::release(const std::string& uri) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = watched_.find(uri);
    if (found == watched_.end() || --found->second > 0) return;
    watched_.erase(found);
  }
  // Where the resource has gone meanwhile there is nothing to end.
  static_cast<void>(kernel_.watch_resource(uri, false));
}

void ChangeFeed::note(const Change& change) {
  const std::lock_guard lock(mutex_);
  if (listeners_.empty()) return;
  pending_.emplace(change.kind, change.uri);
  changed_.notify_one();
}

bool ChangeFeed::wants(const Listener& listener,
                       const std::pair<Change::Kind, std::string>& change) const {
  if (change.first == Change::Kind::resource) return listener.uris.count(change.second) != 0;
  return listener.kinds.count(change.first) != 0;
}

void ChangeFeed::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  teller_ = std::this_thread::get_id();
  while (changed_.wait(lock, stop, [this] { return !pending_.empty(); })) {
    const Pending changes = std::move(pending_);
    pending_.clear();
    lock.unlock();
    tell_all(changes);
    lock.lock();
  }
}

void ChangeFeed::tell_all(const Pending& changes) {
  const std::lock_guard telling(telling_);
  std::vector<std::pair<std::shared_ptr<const Tell>, Change>> told;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& change : changes) {
      for (const auto& [number, listener] : listeners_) {
        if (wants(listener, change))
          told.emplace_back(listener.tell, Change{change.first, change.second});
      }
    }
  }
  for (const auto& [tell, change] : told) (*tell)(change);
}

}  // namespace dockerhub::mcp
