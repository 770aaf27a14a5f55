#include "transfer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace dockerhub::registry {
namespace {

constexpr std::size_t kBuffer = 128 * 1024;
// The kernel ends an exchange long before; this only keeps a wait from being endless.
constexpr std::chrono::minutes kMostWait{10};

class Running {
 public:
  Running(sdk::Context& ctx, std::vector<std::unique_ptr<Transfer>> transfers, std::size_t parallel)
      : ctx_(ctx), waiting_(std::move(transfers)), parallel_(parallel), buffer_(kBuffer) {
    std::reverse(waiting_.begin(), waiting_.end());
  }

  sdk::Status run() {
    for (;;) {
      while (running_.size() < parallel_ && !waiting_.empty()) {
        running_.push_back(std::move(waiting_.back()));
        waiting_.pop_back();
      }
      if (running_.empty()) return {};
      // Steps that only read a store notice neither.
      if (ctx_.cancelled()) return DH_E_CANCELLED;
      if (const auto left = ctx_.remaining(); left && left->count() == 0) return DH_E_TIMEOUT;
      if (const sdk::Status done = round(); !done) return done;
    }
  }

 private:
  // One step of each that waits for nothing; of the others, of the one that can go on.
  sdk::Status round() {
    if (running_.size() == 1) return step(0);
    std::vector<const sdk::Exchange*> exchanges;
    std::vector<const Transfer*> waiters;
    bool has_stepped = false;
    for (std::size_t i = running_.size(); i-- > 0;) {
      if (running_[i]->waits_on() != nullptr) continue;
      has_stepped = true;
      if (const sdk::Status done = step(i); !done) return done;
    }
    // Nobody is first for ever.
    ++turn_;
    for (std::size_t i = 0; i < running_.size(); ++i) {
      const Transfer* waiter = running_[(turn_ + i) % running_.size()].get();
      const sdk::Exchange* exchange = waiter->waits_on();
      if (exchange == nullptr) continue;
      exchanges.push_back(exchange);
      waiters.push_back(waiter);
    }
    if (exchanges.empty()) return {};
    return step_ready(exchanges, waiters, has_stepped);
  }

  sdk::Status step_ready(const std::vector<const sdk::Exchange*>& exchanges,
                         const std::vector<const Transfer*>& waiters, bool only_look) {
    const auto ready = ctx_.http().wait(
        exchanges, only_look ? std::chrono::milliseconds(0) : std::chrono::milliseconds(kMostWait));
    if (only_look && ready.status().value() == DH_E_TIMEOUT) return {};
    if (!ready) return ready.status();
    const Transfer* chosen = waiters[*ready];
    std::size_t place = 0;
    while (running_[place].get() != chosen) ++place;
    return step(place);
  }

  sdk::Status step(std::size_t place) {
    const auto done = running_[place]->step(buffer_);
    if (!done) return done.status();
    if (*done) running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(place));
    return {};
  }

  sdk::Context& ctx_;
  std::vector<std::unique_ptr<Transfer>> waiting_;  // the next one last
  std::vector<std::unique_ptr<Transfer>> running_;
  std::size_t parallel_;
  std::vector<char> buffer_;
  std::size_t turn_ = 0;
};

}  // namespace

sdk::Status run_transfers(sdk::Context& ctx, std::vector<std::unique_ptr<Transfer>> transfers,
                          std::size_t parallel) {
  return Running(ctx, std::move(transfers), parallel).run();
}

BlobProgress::BlobProgress(sdk::Context& ctx, std::string_view digest, std::uint64_t size)
    : ctx_(ctx), track_(digest.substr(0, digest.find(':') + 1 + kShown)), size_(size) {}

void BlobProgress::at(std::uint64_t done) {
  constexpr std::uint64_t kStep = 1024 * 1024;
  if (done < next_ && done != size_) return;
  next_ = done + kStep;
  sdk::Progress progress;
  progress.track = track_;
  progress.done = done;
  progress.total = size_;
  progress.unit = "bytes";
  ctx_.progress(progress);
}

}  // namespace dockerhub::registry
