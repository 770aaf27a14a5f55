// The values of an answer that its row marks "shown once", the answer without them, and whether they were printed.
// Free functions and plain values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct ShownOnce {
  std::string values;    // as they are, several one a line; empty: the answer holds none
  std::string envelope;  // masked where they stood
};

// Those of these values (a line each) that were in no text that was looked into: as they are, or as JSON and a
// terminal show them.
class UnseenValues {
 public:
  explicit UnseenValues(std::string_view values);

  void look_into(std::string_view text);
  bool empty() const { return values_.empty(); }

 private:
  std::vector<std::string> values_;
};

// `names`: members at any depth of the data, as Answer::shown_once has them.
ShownOnce take_shown_once(const std::vector<std::string>& names, const std::string& envelope);

}  // namespace dockerhub::cli
