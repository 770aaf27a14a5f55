#include "change_feed.hpp"

#include <vector>

#include "server/worker_pool.hpp"

namespace dockerhub::mcp {
namespace {

Failure too_many_resources() {
  Error error;
  error.kind = ErrorKind::policy;
  error.message =
      "one client may watch " + std::to_string(ChangeFeed::kMostResources) + " resources at a time";
  error.hint = "End a subscription first.";
  return Failure(std::move(error));
}

Failure given_up(const std::string& uri) {
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = "'" + visible(uri) + "' was not watched in time";
  error.hint = "Send the request again to watch it.";
  return Failure(std::move(error));
}

Failure no_turn(const std::string& uri) {
  Error error;
  error.kind = ErrorKind::timeout;
  error.message =
      "'" + visible(uri) + "' was not watched in time: its module is still busy with others";
  error.hint = "Try again in a moment.";
  return Failure(std::move(error));
}

}  // namespace

ChangeFeed::ChangeFeed(Kernel& kernel, server::WorkerPool& workers)
    : kernel_(kernel),
      workers_(workers),
      subscription_(kernel.on_change([this](const Change& change) { note(change); })) {}

ChangeFeed::~ChangeFeed() {
  // No note() may come when the members go.
  subscription_.reset();
  close();
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [this] { return !telling_unwatched_; });
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
  release(uris);
}

// ------------------------------------------------------------------------------------- watching

Result<void> ChangeFeed::watch(Number listener, const std::string& uri, const std::stop_token& stop,
                               Clock::time_point until) {
  const Result<bool> is_new = note_watch(listener, uri);
  if (!is_new) return Failure(is_new.error());
  auto known = settle(uri, stop, until, Settle::unless_told);
  if (known || !*is_new) return known;
  const std::lock_guard lock(mutex_);
  if (forget(listener, uri)) drop(uri);
  return known;
}

// Whether the listener did not watch it before.
Result<bool> ChangeFeed::note_watch(Number listener, const std::string& uri) {
  const std::lock_guard lock(mutex_);
  const auto found = listeners_.find(listener);
  if (found == listeners_.end()) return given_up(uri);
  std::set<std::string>& uris = found->second.uris;
  if (uris.count(uri) != 0) return false;
  if (uris.size() >= kMostResources) return too_many_resources();
  uris.insert(uri);
  ++watched_[uri];
  return true;
}

void ChangeFeed::unwatch(Number listener, const std::string& uri) {
  {
    const std::lock_guard lock(mutex_);
    if (!forget(listener, uri)) return;
  }
  release({uri});
}

// With the mutex held.
bool ChangeFeed::forget(Number listener, const std::string& uri) {
  const auto found = listeners_.find(listener);
  return found != listeners_.end() && found->second.uris.erase(uri) != 0;
}

// One listener less, with the mutex held. True when it was the last.
bool ChangeFeed::drop(const std::string& uri) {
  const auto found = watched_.find(uri);
  if (found == watched_.end() || --found->second > 0) return false;
  watched_.erase(found);
  return true;
}

void ChangeFeed::release(const std::set<std::string>& uris) {
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& uri : uris) {
      if (drop(uri)) unwatched_.insert(uri);
    }
    // At the end modules go anyway.
    if (unwatched_.empty() || telling_unwatched_ || ending_.stop_requested()) return;
    telling_unwatched_ = true;
  }
  if (workers_.submit([this] { tell_unwatched(); })) return;
  // They are told with the next one that somebody leaves.
  const std::lock_guard lock(mutex_);
  telling_unwatched_ = false;
  settled_.notify_all();
}

void ChangeFeed::tell_unwatched() {
  std::unique_lock lock(mutex_);
  std::set<std::string> late;  // told with the next one that somebody leaves, too
  while (!unwatched_.empty() && !ending_.stop_requested()) {
    const std::string uri = *unwatched_.begin();
    unwatched_.erase(unwatched_.begin());
    lock.unlock();
    // Where the resource has gone meanwhile there is nothing to end.
    const auto told = settle(uri, ending_.get_token(), turn_end(), Settle::unless_told);
    lock.lock();
    if (!told && told.error().kind == ErrorKind::timeout) late.insert(uri);
  }
  unwatched_.merge(late);
  telling_unwatched_ = false;
  settled_.notify_all();
}

// Tells the module what is true now, so that whatever it was told before in which order, the last is right.
Result<void> ChangeFeed::settle(const std::string& uri, const std::stop_token& stop,
                                Clock::time_point until, Settle how) {
  std::unique_lock lock(mutex_);
  const bool turn =
      settled_.wait_until(lock, stop, until, [&] { return settling_.count(uri) == 0; });
  if (stop.stop_requested()) return given_up(uri);
  if (!turn) return no_turn(uri);
  const bool on = watched_.count(uri) != 0;
  if (on && how == Settle::unless_told && told_.count(uri) != 0) return {};
  told_.erase(uri);
  settling_.insert(uri);
  lock.unlock();
  auto told = kernel_.watch_resource(uri, on, stop);
  lock.lock();
  settling_.erase(uri);
  if (on && told) told_.insert(uri);
  settled_.notify_all();
  return told;
}

void ChangeFeed::renew() {
  std::vector<std::string> uris;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [uri, listeners] : watched_) uris.push_back(uri);
  }
  // A resource that has gone with its module comes back with it, or never.
  for (const std::string& uri : uris) {
    static_cast<void>(settle(uri, ending_.get_token(), turn_end(), Settle::anew));
  }
}

// -------------------------------------------------------------------------------------- telling

void ChangeFeed::note(const Change& change) {
  const std::lock_guard lock(mutex_);
  // Other resources may be those of another module, which was told nothing.
  if (change.kind == Change::Kind::resources) told_.clear();
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
