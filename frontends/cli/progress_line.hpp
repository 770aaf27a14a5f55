// Progress on a terminal: one line a track, redrawn in place, shown only when a call takes longer than a second;
// and for programs: a line of JSON for each report. Makes the text with its control sequences; the owner writes it.
// One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// What a track did since it was first heard of.
struct Pace {
  std::chrono::milliseconds time{0};
  std::uint64_t done = 0;
};

// "layer 3: 12 of 40 item (30 %) copying", cut to `width` characters. Of bytes sizes, and with the pace of a second or
// more also what it is like: "1.2 MB of 4.0 MB (30 %), 0.4 MB/s, 7 s left".
std::string progress_text(const Progress& progress, std::size_t width, const Pace& pace = {});

// {"progress": {"track", "done", "total", "unit", "message"}}, without what is not known.
std::string progress_json(const Progress& progress);

class ProgressLines {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kDelay{1000};
  static constexpr std::chrono::milliseconds kInterval{100};

  explicit ProgressLines(Clock::time_point start = Clock::now()) : start_(start) {}

  // What to write for this progress now; empty before the delay and between redraws.
  std::string update(const Progress& progress, Clock::time_point now = Clock::now());

  // Where nobody tells of progress: how long it takes. Empty before the delay, and when there are tracks.
  std::string waiting(Clock::time_point now = Clock::now());

  // What takes the lines off the screen; empty when none are there.
  std::string clear();

 private:
  struct Track {
    std::string name, text;
    Clock::time_point begun;
    std::uint64_t done_before = 0;  // when it was first heard of
  };

  void keep(const Progress& progress, Clock::time_point now);
  void make_room();

  Clock::time_point start_;
  Clock::time_point drawn_at_{};
  std::size_t drawn_ = 0;  // lines on the screen
  std::vector<Track> tracks_;
};

// Which reports become a line for a program: of each track ten a second at most, and the last one. One thread.
class ProgressReports {
 public:
  using Clock = ProgressLines::Clock;

  // The line with its end, or empty.
  std::string update(const Progress& progress, Clock::time_point now = Clock::now());

 private:
  std::map<std::string, Clock::time_point, std::less<>> told_;
};

}  // namespace dockerhub::cli
