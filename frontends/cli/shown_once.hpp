// The values of an answer that its row marks "shown once", and the answer without them. Free functions; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct ShownOnce {
  std::string values;    // as they are, several one a line; empty: the answer holds none
  std::string envelope;  // masked where they stood
};

// `names`: members at any depth of the data, as Answer::shown_once has them.
ShownOnce take_shown_once(const std::vector<std::string>& names, const std::string& envelope);

}  // namespace dockerhub::cli
