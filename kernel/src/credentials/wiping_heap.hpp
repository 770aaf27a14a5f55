// Memory for JSON that holds secrets: RapidJSON's documents and parse stacks on it are overwritten before
// they are given back, also what a growing buffer leaves behind. Any thread.
#pragma once

#include <cstddef>

namespace dockerhub {

// What RapidJSON wants of an allocator (its documentation, "Allocator").
class WipingHeap {
 public:
  static constexpr bool kNeedFree = true;

  // NOLINTBEGIN(readability-identifier-naming)
  void* Malloc(std::size_t size);
  void* Realloc(void* block, std::size_t old_size, std::size_t new_size);
  static void Free(void* block) noexcept;
  // NOLINTEND(readability-identifier-naming)
};

}  // namespace dockerhub
