#include "progress_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "text_width.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kDefaultWidth = 80;
constexpr std::size_t kMaxTracks = 8;
constexpr std::uint64_t kPercent = 100;

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col;
}

}  // namespace

std::string progress_text(const Progress& progress, std::size_t width) {
  std::string text;
  if (!progress.track.empty()) text.append(progress.track).append(": ");
  text += std::to_string(progress.done);
  if (progress.total != 0) text += " of " + std::to_string(progress.total);
  if (!progress.unit.empty()) text.append(" ").append(progress.unit);
  if (progress.total != 0) {
    const long double share = static_cast<long double>(progress.done) /
                              static_cast<long double>(progress.total) * kPercent;
    text += " (" + std::to_string(static_cast<std::uint64_t>(share)) + " %)";
  }
  if (!progress.message.empty()) text.append(" ").append(progress.message);
  return cut_to_width(visible(text), width);
}

void ProgressLines::keep(const Progress& progress) {
  // One column stays free: a full line would make the terminal wrap.
  std::string text = progress_text(progress, terminal_width() - 1);
  const auto known = std::find_if(tracks_.begin(), tracks_.end(),
                                  [&](const Track& track) { return track.name == progress.track; });
  if (known != tracks_.end()) {
    known->text = std::move(text);
    return;
  }
  // The screen shows the newest tracks; older ones have ended or will come again.
  if (tracks_.size() == kMaxTracks) tracks_.erase(tracks_.begin());
  tracks_.push_back({std::string(progress.track), std::move(text)});
}

std::string ProgressLines::update(const Progress& progress, Clock::time_point now) {
  keep(progress);
  if (now - start_ < kDelay) return {};
  if (drawn_ != 0 && now - drawn_at_ < kInterval) return {};
  std::string screen = clear();
  for (const Track& track : tracks_) screen.append(track.text).append("\n");
  drawn_ = tracks_.size();
  drawn_at_ = now;
  return screen;
}

std::string ProgressLines::clear() {
  if (drawn_ == 0) return {};
  // Up to the first of the lines, then erase to the end of the screen.
  std::string sequence = "\x1b[" + std::to_string(drawn_) + "A\r\x1b[J";
  drawn_ = 0;
  return sequence;
}

}  // namespace dockerhub::cli
