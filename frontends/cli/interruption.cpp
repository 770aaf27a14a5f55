#include "interruption.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "exit_codes.hpp"

namespace dockerhub::cli {

namespace {

void raise_event(int descriptor) {
  const std::uint64_t one = 1;
  // Fails only when the counter is full, and then the descriptor is readable already.
  [[maybe_unused]] const ssize_t written = ::write(descriptor, &one, sizeof one);
}

}  // namespace

Interruption::SignalThread::SignalThread(const Interruption& interruption) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  end_ = ::eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this, &interruption] { run(interruption); });
}

Interruption::SignalThread::~SignalThread() {
  raise_event(end_);
  thread_.join();
  ::close(descriptor_);
  ::close(wake_);
  ::close(end_);
}

void Interruption::SignalThread::run(const Interruption& interruption) const {
  std::array<pollfd, 2> polled{{{end_, POLLIN, 0}, {descriptor_, POLLIN, 0}}};
  while (true) {
    if (::poll(polled.data(), polled.size(), -1) < 0) continue;
    if (polled[0].revents != 0) return;
    signalfd_siginfo info{};
    if (::read(descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) continue;
    const int number = static_cast<int>(info.ssi_signo);
    const bool is_spared = number == SIGINT && interruption.spared_.load() != 0;
    if (interruption.signal_.exchange(number) != 0 && !is_spared) ::_exit(kSignalExitBase + number);
    raise_event(wake_);
    interruption.stop_.request_stop();
  }
}

const Interruption::SignalThread& Interruption::signals() const {
  std::call_once(begun_, [this] { signals_.emplace(*this); });
  return *signals_;
}

std::stop_token Interruption::token() const {
  signals();
  return stop_.get_token();
}

bool Interruption::wait(int descriptor, short events) const {
  pollfd wanted{descriptor, events, 0};
  if (signal() == 0 && ::poll(&wanted, 1, 0) > 0) return true;
  std::array<pollfd, 2> polled{{{signals().wake(), POLLIN, 0}, {descriptor, events, 0}}};
  while (true) {
    const int ready = ::poll(polled.data(), polled.size(), -1);
    if (ready < 0 && errno != EINTR) return true;  // the read or write that follows tells the error
    if (ready > 0) return polled[0].revents == 0;
  }
}

Interruption::Waited Interruption::wait_until(int descriptor, short events,
                                              std::chrono::steady_clock::time_point time) const {
  constexpr std::chrono::milliseconds kLongest{60'000};  // poll's number is small
  std::array<pollfd, 2> polled{{{signals().wake(), POLLIN, 0}, {descriptor, events, 0}}};
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(time - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Waited::late;
    const int ready =
        ::poll(polled.data(), polled.size(), static_cast<int>(std::min(left, kLongest).count()));
    if (ready < 0 && errno != EINTR) return Waited::ready;
    if (ready > 0) return polled[0].revents == 0 ? Waited::ready : Waited::interrupted;
  }
}

}  // namespace dockerhub::cli
