// The length of texts as the document's limits count it. Free function; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/utf8.hpp"

namespace dockerhub::sandbox {

// In code points.
inline std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
  return count;
}

}  // namespace dockerhub::sandbox
