#include "messages.hpp"

#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

namespace dockerhub::cli {

namespace {

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

Messages::Messages() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Messages::line(std::string_view text) {
  write_line(visible(text, true) + '\n');
}

void Messages::write_line(const std::string& text) {
  if (is_disturbing()) {
    waiting_ += text;
    return;
  }
  const std::lock_guard lock(mutex_);
  erase_progress();
  write_error(text);
}

void Messages::release() {
  if (!waiting_.empty()) write_error(std::exchange(waiting_, {}));
}

void Messages::titled(std::string_view title, Ink ink, std::string_view text) {
  const std::string shown = colour_ ? painted(title, ink) : std::string(title);
  write_line(shown + " " + visible(text, true) + '\n');
}

void Messages::question(std::string_view text) {
  // Nothing may be drawn while somebody types.
  end_ticks();
  const std::lock_guard lock(mutex_);
  erase_progress();
  write_error(visible(text, true));
}

void Messages::warning(std::string_view text) {
  if (!quiet_) titled("Warning:", Ink::warning, text);
}

void Messages::error(std::string_view text) {
  titled("Error:", Ink::error, text);
}

void Messages::note(std::string_view text) {
  if (!quiet_) line(text);
}

void Messages::begin_call() {
  if (!draws()) return;
  end_ticks();
  const std::lock_guard lock(mutex_);
  progress_ = ProgressLines();
  clock_ = std::jthread([this](const std::stop_token& stop) { tick(stop); });
}

void Messages::tick(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait_for(lock, stop, ProgressLines::kDelay, [] { return false; });
    if (stop.stop_requested()) return;
    write_error(progress_.waiting());
  }
}

void Messages::end_ticks() {
  clock_ = std::jthread();
}

void Messages::progress(const Progress& progress) {
  if (quiet_) return;
  if (form_ == ProgressForm::json) return write_error(reports_.update(progress));
  const bool is_hidden = stream_ != nullptr && stream_->paged();
  if (!draws() || is_hidden) return;
  const std::lock_guard lock(mutex_);
  write_error(progress_.update(progress));
}

void Messages::clear_progress() {
  end_ticks();
  const std::lock_guard lock(mutex_);
  erase_progress();
}

void Messages::erase_progress() {
  if (terminal_) write_error(progress_.clear());
}

}  // namespace dockerhub::cli
