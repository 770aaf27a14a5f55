#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

#include "credentials/secret.hpp"
#include "credentials/wiping_allocator.hpp"

namespace {

// The block that a test watches, and what was in it when it was given back.
std::atomic<const char*> watched = nullptr;
std::atomic<std::size_t> watched_size = 0;
std::atomic<bool> released = false;
std::atomic<bool> was_wiped = false;

void watch(const char* block, std::size_t size) {
  released = false;
  was_wiped = false;
  watched_size = size;
  watched = block;
}

void release(void* block) noexcept {
  if (block != nullptr && block == watched) {
    const auto* const bytes = static_cast<const char*>(block);
    was_wiped = std::all_of(bytes, bytes + watched_size, [](char c) { return c == '\0'; });
    released = true;
    watched = nullptr;
  }
  std::free(block);
}

void* take(std::size_t size) {
  void* const block = std::malloc(std::max<std::size_t>(size, 1));
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

void* operator new(std::size_t size) {
  return take(size);
}
void* operator new[](std::size_t size) {
  return take(size);
}
void operator delete(void* block) noexcept {
  release(block);
}
void operator delete[](void* block) noexcept {
  release(block);
}
void operator delete(void* block, std::size_t) noexcept {
  release(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  release(block);
}

namespace dockerhub {
namespace {

TEST(WipedMemory, OfASecretThatDies) {
  SecretBook book;
  {
    const Secret secret = book.make("correct horse battery staple");
    watch(secret.reveal().data(), secret.reveal().size());
  }
  EXPECT_TRUE(released);
  EXPECT_TRUE(was_wiped);
}

TEST(WipedMemory, OfASecretThatIsReplaced) {
  SecretBook book;
  Secret secret = book.make("correct horse battery staple");
  watch(secret.reveal().data(), secret.reveal().size());
  secret = book.make("another");
  EXPECT_TRUE(released);
  EXPECT_TRUE(was_wiped);
}

TEST(WipedMemory, OfABufferThatGrows) {
  SecretBytes bytes(16, 's');
  watch(bytes.data(), bytes.size());
  bytes.resize(100'000);
  EXPECT_TRUE(released);
  EXPECT_TRUE(was_wiped);
}

TEST(WipedMemory, OfAForgottenValueInTheBook) {
  SecretBook book;
  auto handle = book.learn("only for a call");
  {
    const auto known = book.known();
    watch(known->values[0].reveal().data(), known->values[0].reveal().size());
  }
  handle.reset();
  EXPECT_TRUE(released);
  EXPECT_TRUE(was_wiped);
}

}  // namespace
}  // namespace dockerhub
