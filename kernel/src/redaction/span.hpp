// Places in a text that have to be masked. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

struct Span {
  std::size_t begin = 0, end = 0;  // bytes; end is behind the last one
};
using Spans = std::vector<Span>;

// The text with kMask in the place of each span. Spans may overlap and come in any order; those
// that touch get one mask.
std::string masked(std::string_view text, Spans spans);

}  // namespace dockerhub
