#include "worker_pool.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <exception>
#include <utility>

namespace dockerhub::server {
namespace {

// Workers that began just now: more than processors, since they soon wait for an upstream.
constexpr std::size_t kFreshOfProcessor = 4;
constexpr std::size_t kLeastFresh = 8;
// Where the system had no event for the end.
constexpr std::chrono::milliseconds kLook{100};

// Whether this process has lately used so much of the processors that more threads would not do more.
class ProcessorUse {
 public:
  bool is_high() {
    const Clock::time_point now = Clock::now();
    if (now - since_ < kWindow) return high_;
    const std::chrono::nanoseconds used = used_by_process();
    const auto available = (now - since_) * std::max(1U, std::thread::hardware_concurrency());
    high_ = (used - used_) * kPartsOfHigh >= available;
    since_ = now;
    used_ = used;
    return high_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kWindow{10};
  // A half: clients and upstreams may be on the same machine.
  static constexpr int kPartsOfHigh = 2;

  static std::chrono::nanoseconds used_by_process() {
    timespec used = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
  }

  Clock::time_point since_;
  std::chrono::nanoseconds used_{0};
  bool high_ = false;
};

}  // namespace

WorkerPool::WorkerPool(std::size_t limit)
    : limit_(limit),
      most_fresh_(std::max<std::size_t>(kLeastFresh,
                                        kFreshOfProcessor * std::thread::hardware_concurrency())),
      idle_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WorkerPool::~WorkerPool() {
  while (!wait_idle(kLook)) continue;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    for (Worker* worker : resting_) worker->ready.notify_one();
    watched_.notify_one();
  }
  for (Worker& worker : workers_) worker.thread.join();
  if (watch_.joinable()) watch_.join();
}

WorkerPool::Worker* WorkerPool::take_worker() {
  if (!resting_.empty()) {
    Worker* const worker = resting_.back();
    resting_.pop_back();
    return worker;
  }
  Worker& worker = workers_.emplace_back();
  try {
    worker.thread = std::thread([this, &worker] { run(worker); });
    return &worker;
  } catch (const std::exception&) {
    workers_.pop_back();
    return nullptr;
  }
}

bool WorkerPool::ensure_watch() {
  if (watch_.joinable()) return true;
  try {
    watch_ = std::thread([this] { watch(); });
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void WorkerPool::set_fresh(Worker& worker) {
  worker.begun = Clock::now();
  worker.fresh = true;
  ++fresh_;
}

void WorkerPool::set_old(Worker& worker) {
  if (std::exchange(worker.fresh, false)) --fresh_;
}

void WorkerPool::look_for_old_ones(std::chrono::milliseconds patience) {
  const Clock::time_point now = Clock::now();
  for (Worker& worker : workers_) {
    if (worker.fresh && now - worker.begun >= patience) set_old(worker);
  }
}

void WorkerPool::begin_waiting() {
  while (!waiting_.empty() && may_begin() && begin(waiting_.front())) waiting_.pop_front();
}

bool WorkerPool::begin(Work& work) {
  Worker* const worker = take_worker();
  if (worker == nullptr) return false;
  worker->work = std::move(work);
  set_fresh(*worker);
  worker->ready.notify_one();
  return true;
}

bool WorkerPool::submit(Work work) {
  const std::lock_guard lock(mutex_);
  if (busy_ >= limit_) return false;
  if (waiting_.empty() && may_begin()) {
    if (!begin(work)) return false;
  } else {
    if (!ensure_watch()) return false;
    waiting_.push_back(std::move(work));
    if (waiting_.size() == 1) watched_.notify_one();
  }
  ++busy_;
  return true;
}

bool WorkerPool::wait_idle(std::chrono::milliseconds time, int interruption) const {
  const auto deadline = Clock::now() + time;
  while (!idle()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    std::array<pollfd, 2> ready = {{{idle_event_.get(), POLLIN, 0}, {interruption, POLLIN, 0}}};
    if (left <= 0 || poll(ready.data(), ready.size(), static_cast<int>(left)) <= 0) return idle();
    if (ready[1].revents != 0) return false;
    eventfd_t count = 0;
    eventfd_read(idle_event_.get(), &count);
  }
  return true;
}

bool WorkerPool::idle() const {
  const std::lock_guard lock(mutex_);
  return busy_ == 0;
}

void WorkerPool::next(Worker& self) {
  set_old(self);
  if (waiting_.empty() || !may_begin()) {
    resting_.push_back(&self);
    return;
  }
  self.work = std::move(waiting_.front());
  waiting_.pop_front();
  set_fresh(self);
}

void WorkerPool::run(Worker& self) {
  std::unique_lock lock(mutex_);
  for (;;) {
    self.ready.wait(lock, [&] { return closing_ || self.work != nullptr; });
    if (self.work == nullptr) return;
    Work work = std::exchange(self.work, nullptr);
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
    next(self);
    if (--busy_ == 0) eventfd_write(idle_event_.get(), 1);
  }
}

void WorkerPool::watch() {
  ProcessorUse use;
  std::unique_lock lock(mutex_);
  for (;;) {
    watched_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (closing_) return;
    watched_.wait_for(lock, kPatience, [this] { return closing_; });
    look_for_old_ones(use.is_high() ? kMostPatience : kPatience);
    begin_waiting();
  }
}

}  // namespace dockerhub::server
