// SHA-256 of bytes, which may come in pieces. An object is not to be used by two threads at once; the function is for
// any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dockerhub {

class Sha256 {
 public:
  Sha256();
  // Wipes what is left of the bytes.
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(const void* bytes, std::size_t size);

  // Of all bytes so far; either of them, once.
  std::array<std::uint8_t, 32> digest();
  // The same as 64 lower-case hex digits.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Lower-case hex of the hash of these bytes.
std::string sha256_hex(std::string_view bytes);

}  // namespace dockerhub
