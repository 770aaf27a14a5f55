#include "prompter.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dockerhub::cli {

namespace {

// More than a terminal hands out at once.
constexpr std::size_t kLineChunk = 4096;

// The second Ctrl-C ends the process without destructors; so the first one, which returns from the
// prompt, is what puts the echo back.
class WithoutEcho {
 public:
  WithoutEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~WithoutEcho() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

  bool active() const { return changed_; }

 private:
  termios before_{};
  bool changed_ = false;
};

}  // namespace

Prompter::Prompter(const Interruption& interruption, Messages& messages)
    : interruption_(interruption),
      messages_(messages),
      available_(messages.terminal() && ::isatty(STDIN_FILENO) == 1) {}

std::optional<std::string> Prompter::line(std::string_view question) {
  if (!available_) return std::nullopt;
  messages_.question(question);
  return read_line();
}

std::optional<std::string> Prompter::secret(std::string_view question) {
  if (!available_) return std::nullopt;
  const WithoutEcho silence;
  if (!silence.active()) return std::nullopt;
  forget_pending();
  messages_.question(question);
  std::optional<std::string> text = read_line();
  messages_.line("");
  return text;
}

void Prompter::forget_pending() {
  ::explicit_bzero(pending_.data(), pending_.size());
  pending_.clear();
}

void Prompter::append_pending(std::string_view typed) {
  std::string longer;
  longer.reserve(pending_.size() + typed.size());
  longer.append(pending_).append(typed);
  forget_pending();
  pending_.swap(longer);
}

// What is typed may be a secret: no copy of it stays behind.
std::optional<std::string> Prompter::read_line() {
  std::array<char, kLineChunk> chunk{};
  while (true) {
    const std::size_t end = pending_.find('\n');
    if (end != std::string::npos) {
      std::string text = pending_.substr(0, end);
      std::string rest = pending_.substr(end + 1);
      forget_pending();
      pending_.swap(rest);
      return text;
    }
    if (!interruption_.wait(STDIN_FILENO, POLLIN)) return std::nullopt;
    const ssize_t count = ::read(STDIN_FILENO, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    append_pending({chunk.data(), static_cast<std::size_t>(count)});
    ::explicit_bzero(chunk.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace dockerhub::cli
