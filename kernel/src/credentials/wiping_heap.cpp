#include "credentials/wiping_heap.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "credentials/secret.hpp"

namespace dockerhub {
namespace {

// Before each block: its size, which Free() is not told.
constexpr std::size_t kHead = alignof(std::max_align_t);
static_assert(kHead >= sizeof(std::size_t));

}  // namespace

void* WipingHeap::Malloc(std::size_t size) {
  if (size == 0) return nullptr;
  auto* const block = static_cast<char*>(std::malloc(kHead + size));
  if (block == nullptr) return nullptr;
  std::memcpy(block, &size, sizeof(size));
  return block + kHead;
}

void* WipingHeap::Realloc(void* block, std::size_t old_size, std::size_t new_size) {
  void* const moved = Malloc(new_size);
  if (moved != nullptr && block != nullptr) std::memcpy(moved, block, std::min(old_size, new_size));
  // As realloc() does: without memory the old block stays.
  if (moved != nullptr || new_size == 0) Free(block);
  return moved;
}

void WipingHeap::Free(void* block) noexcept {
  if (block == nullptr) return;
  char* const head = static_cast<char*>(block) - kHead;
  std::size_t size = 0;
  std::memcpy(&size, head, sizeof(size));
  wipe(block, size);
  std::free(head);
}

}  // namespace dockerhub
