// An allocator for buffers that hold secrets: every block is overwritten before it is given back,
// also those that a growing container leaves behind. Any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "credentials/secret.hpp"

namespace dockerhub {

template <typename T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <typename U>
  explicit WipingAllocator(const WipingAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* block, std::size_t count) noexcept {
    wipe(block, count * sizeof(T));
    std::allocator<T>().deallocate(block, count);
  }

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

// Bytes of a secret. A vector, since a string keeps short texts inside itself, where nothing wipes.
using SecretBytes = std::vector<char, WipingAllocator<char>>;

}  // namespace dockerhub
