// Progress on a terminal: one line a track, redrawn in place, shown only when a call takes longer
// than a second. Makes the text with its control sequences; the owner writes it. One thread.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// "layer 3: 12 of 40 item (30 %) copying", cut to `width` characters.
std::string progress_text(const Progress& progress, std::size_t width);

class ProgressLines {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kDelay{1000};
  static constexpr std::chrono::milliseconds kInterval{100};

  explicit ProgressLines(Clock::time_point start = Clock::now()) : start_(start) {}

  // What to write for this progress now; empty before the delay and between redraws.
  std::string update(const Progress& progress, Clock::time_point now = Clock::now());

  // What takes the lines off the screen; empty when none are there.
  std::string clear();

 private:
  struct Track {
    std::string name, text;
  };

  void keep(const Progress& progress);

  Clock::time_point start_;
  Clock::time_point drawn_at_{};
  std::size_t drawn_ = 0;  // lines on the screen
  std::vector<Track> tracks_;
};

}  // namespace dockerhub::cli
