// A new entry of a store whose bytes are gathered, for one that is small and gets its place by what is in it. One
// thread.
#pragma once

#include <cerrno>
#include <functional>
#include <string>
#include <utility>

#include "dockerhub/kernel.hpp"
#include "store_errors.hpp"

namespace dockerhub::cli {

// What is written is handed over with its commit.
class GatheredEntry final : public Store::Entry {
 public:
  using Take = std::function<Result<void>(const std::string&)>;
  explicit GatheredEntry(Take take) : take_(std::move(take)) {}

  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::uint64_t, void*, std::size_t) override {
    return store_failed("read", "entry", EBADF);
  }
  Result<void> write(std::string_view bytes) override {
    bytes_ += bytes;
    return {};
  }
  Result<void> commit() override { return take_(bytes_); }

 private:
  Take take_;
  std::string bytes_;
};

}  // namespace dockerhub::cli
