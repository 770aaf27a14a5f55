#include "change_notices.hpp"

#include "message.hpp"

namespace dockerhub::mcp {
namespace {

// Empty: the protocol has no notice for it here.
std::string_view method_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::tools:
      return "notifications/tools/list_changed";
    case Change::Kind::prompts:
      return "notifications/prompts/list_changed";
    case Change::Kind::resources:
      return "notifications/resources/list_changed";
    case Change::Kind::resource:
      break;
  }
  return {};
}

}  // namespace

ChangeNotices::ChangeNotices(Kernel& kernel, Send send)
    : send_(std::move(send)),
      thread_([this](const std::stop_token& stop) { run(stop); }),
      subscription_(kernel.on_change([this](const Change& change) { note(change); })) {}

ChangeNotices::~ChangeNotices() {
  // No note() may come when the members go.
  subscription_.reset();
}

void ChangeNotices::open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
}

void ChangeNotices::note(const Change& change) {
  const std::lock_guard lock(mutex_);
  if (!open_ || method_of(change.kind).empty()) return;
  pending_.insert(change.kind);
  changed_.notify_one();
}

void ChangeNotices::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !pending_.empty(); })) {
    const std::set<Change::Kind> kinds = std::move(pending_);
    pending_.clear();
    lock.unlock();
    for (const Change::Kind kind : kinds) send_(notification_message(method_of(kind)));
    lock.lock();
  }
}

}  // namespace dockerhub::mcp
