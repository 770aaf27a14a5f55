// Standard output, written at once. Only where a pager is wanted on a terminal it waits until it is longer than the
// screen, which brings the pager in. A reader that went away is no error: the state says it, and the program ends
// quietly. One thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "interruption.hpp"
#include "pager.hpp"

namespace dockerhub::cli {

class OutputStream {
 public:
  enum class State { open, reader_gone, failed, interrupted };

  OutputStream(int descriptor, const Interruption& interruption);

  // False when not everything was written; state() tells why, and later writes do nothing.
  bool write(std::string_view text);

  // Every text that is written from now on is told to this function first; nullptr: to none.
  void tell(std::function<void(std::string_view)> listener) { listener_ = std::move(listener); }

  State state() const { return state_; }
  // What failed, in the system's words, in state failed.
  const std::string& failure() const { return failure_; }
  bool terminal() const { return terminal_; }
  // How many a line of the terminal has; 0: there is none.
  std::size_t columns() const;

  // Whether what is written for people may have colours.
  bool colour() const { return colour_; }
  void use_colour(bool on) { colour_ = on; }

  // What is longer than the screen goes through this command from now on (empty: nothing does). Without a
  // terminal, or after something was written, it stays as it is.
  void page_with(std::string command);
  // Something waits here or is in the pager: what is written to the terminal by others would disturb it.
  bool holds() const { return pager_ != nullptr || !held_.empty(); }
  bool paged() const { return pager_ != nullptr; }
  // Writes what waits, and waits until the user leaves the pager. Nothing is held from then on.
  void finish();

 private:
  bool hold(std::string_view text);
  void release();
  void write_all(int descriptor, std::string_view text);

  int descriptor_;
  const Interruption& interruption_;
  bool terminal_;
  State state_ = State::open;
  std::string failure_;
  bool colour_ = false;
  bool untouched_ = true;      // nothing was written yet
  std::string pager_command_;  // empty: no pager is wanted
  std::string held_;
  std::size_t held_lines_ = 0;
  std::function<void(std::string_view)> listener_;
  std::optional<Interruption::Spared> spared_;  // as long as the pager lives
  std::unique_ptr<Pager> pager_;
};

}  // namespace dockerhub::cli
