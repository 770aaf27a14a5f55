#include "messages.hpp"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace dockerhub::cli {

namespace {

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

Messages::Messages() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Messages::line(std::string_view text) {
  clear_progress();
  write_error(visible(text, true) + '\n');
}

void Messages::question(std::string_view text) {
  clear_progress();
  write_error(visible(text, true));
}

void Messages::warning(std::string_view text) {
  if (!quiet_) line("Warning: " + std::string(text));
}

void Messages::note(std::string_view text) {
  if (!quiet_) line(text);
}

void Messages::progress(const Progress& progress) {
  if (!quiet_ && terminal_) write_error(progress_.update(progress));
}

void Messages::clear_progress() {
  if (terminal_) write_error(progress_.clear());
}

}  // namespace dockerhub::cli
