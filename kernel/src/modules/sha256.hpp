// SHA-256 over bytes that come in pieces. Not to be used by two threads at once.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace dockerhub {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(const void* bytes, std::size_t size);

  // 64 lower-case hex digits, once.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace dockerhub
