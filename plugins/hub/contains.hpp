// Whether a range holds a value; std::find is unrolled into four times the code. Pure; any thread.
#pragma once

namespace dockerhub::hub {

template <typename Range, typename Value>
bool contains(const Range& range, const Value& value) {
  for (const auto& element : range) {
    if (element == value) return true;
  }
  return false;
}

}  // namespace dockerhub::hub
