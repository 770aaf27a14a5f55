#include "progress_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "json.hpp"
#include "people_text.hpp"
#include "screen.hpp"
#include "text_width.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kMaxTracks = 8;
constexpr std::uint64_t kPercent = 100;
constexpr std::string_view kBytes = "bytes";

// Of seconds.
std::string time_left(std::uint64_t count) {
  constexpr std::uint64_t kStep = 60;
  if (count < kStep) return std::to_string(count) + " s";
  if (count < kStep * kStep) return std::to_string(count / kStep) + " min";
  return std::to_string(count / kStep / kStep) + " h";
}

// ", 2.1 MB/s, 13 s left"; empty as long as nobody can know.
std::string pace_text(const Progress& progress, const Pace& pace) {
  constexpr std::chrono::milliseconds kLeast{1000};
  if (pace.time < kLeast || pace.done == 0) return {};
  const double rate =
      static_cast<double>(pace.done) / static_cast<double>(pace.time.count()) * 1000;
  if (rate < 1) return {};
  std::string text = ", " + size_text(static_cast<std::uint64_t>(rate)) + "/s";
  if (progress.total <= progress.done) return text;
  const double left = static_cast<double>(progress.total - progress.done) / rate;
  return text + ", " + time_left(static_cast<std::uint64_t>(left)) + " left";
}

}  // namespace

std::string progress_text(const Progress& progress, std::size_t width, const Pace& pace) {
  const bool is_bytes = progress.unit == kBytes;
  const auto amount = [&](std::uint64_t number) {
    return is_bytes ? size_text(number) : std::to_string(number);
  };
  std::string text;
  if (!progress.track.empty()) text.append(progress.track).append(": ");
  text += amount(progress.done);
  if (progress.total != 0) text += " of " + amount(progress.total);
  if (!progress.unit.empty() && !is_bytes) text.append(" ").append(progress.unit);
  if (progress.total != 0) {
    const long double share = static_cast<long double>(progress.done) /
                              static_cast<long double>(progress.total) * kPercent;
    text += " (" + std::to_string(static_cast<std::uint64_t>(share)) + " %)";
  }
  if (is_bytes) text += pace_text(progress, pace);
  if (!progress.message.empty()) text.append(" ").append(progress.message);
  return cut_to_width(visible(text), width);
}

std::string progress_json(const Progress& progress) {
  std::string text = "{\"progress\":{\"track\":" + json::quote(progress.track) +
                     ",\"done\":" + std::to_string(progress.done);
  if (progress.total != 0) text += ",\"total\":" + std::to_string(progress.total);
  if (!progress.unit.empty()) text += ",\"unit\":" + json::quote(progress.unit);
  if (!progress.message.empty()) text += ",\"message\":" + json::quote(progress.message);
  return text + "}}";
}

void ProgressLines::keep(const Progress& progress, Clock::time_point now) {
  auto track = std::find_if(tracks_.begin(), tracks_.end(),
                            [&](const Track& known) { return known.name == progress.track; });
  if (track == tracks_.end()) {
    make_room();
    tracks_.push_back({std::string(progress.track), {}, now, progress.done});
    track = std::prev(tracks_.end());
  }
  Pace pace{std::chrono::duration_cast<std::chrono::milliseconds>(now - track->begun), 0};
  if (progress.done > track->done_before) pace.done = progress.done - track->done_before;
  // One column stays free: a full line would make the terminal wrap.
  track->text = progress_text(progress, screen_size(STDERR_FILENO).columns - 1, pace);
}

void ProgressLines::make_room() {
  // The screen shows the newest tracks; older ones have ended or will come again.
  if (tracks_.size() == kMaxTracks) tracks_.erase(tracks_.begin());
}

std::string ProgressLines::update(const Progress& progress, Clock::time_point now) {
  keep(progress, now);
  if (now - start_ < kDelay) return {};
  if (drawn_ != 0 && now - drawn_at_ < kInterval) return {};
  std::string screen = clear();
  for (const Track& track : tracks_) screen.append(track.text).append("\n");
  drawn_ = tracks_.size();
  drawn_at_ = now;
  return screen;
}

std::string ProgressLines::waiting(Clock::time_point now) {
  if (!tracks_.empty() || now - start_ < kDelay) return {};
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(now - start_).count();
  const std::string screen = clear() + "Working, " + std::to_string(time) + " s\n";
  drawn_ = 1;
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

std::string ProgressReports::update(const Progress& progress, Clock::time_point now) {
  const bool is_last = progress.total != 0 && progress.done == progress.total;
  const auto known = told_.find(progress.track);
  const bool is_early = known != told_.end() && now - known->second < ProgressLines::kInterval;
  if (is_early && !is_last) return {};
  told_.insert_or_assign(std::string(progress.track), now);
  return progress_json(progress) + "\n";
}

}  // namespace dockerhub::cli
