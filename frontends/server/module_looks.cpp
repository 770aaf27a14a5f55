#include "module_looks.hpp"

#include <utility>

namespace dockerhub::server {

ModuleLooks::ModuleLooks(WorkerPool& workers, std::function<void()> look)
    : workers_(workers), look_(std::move(look)) {}

ModuleLooks::~ModuleLooks() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [this] { return state_ == State::idle; });
}

bool ModuleLooks::begin() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::idle) {
    state_ = State::again;
    return true;
  }
  if (!workers_.submit([this] { run(); })) return false;
  state_ = State::looking;
  return true;
}

void ModuleLooks::run() {
  do {
    look_();
  } while (goes_on());
}

bool ModuleLooks::goes_on() {
  const std::lock_guard lock(mutex_);
  state_ = state_ == State::again ? State::looking : State::idle;
  ended_.notify_all();
  return state_ == State::looking;
}

}  // namespace dockerhub::server
