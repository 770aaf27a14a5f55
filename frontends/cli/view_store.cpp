#include "view_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "store_errors.hpp"

namespace dockerhub::cli {
namespace {

class MadeEntry final : public Store::Entry {
 public:
  explicit MadeEntry(std::string bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::uint64_t offset, void* buffer, std::size_t capacity) override {
    if (offset >= bytes_.size()) return std::size_t{0};
    const std::size_t count = std::min(capacity, bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer, bytes_.data() + offset, count);
    return count;
  }
  Result<void> write(std::string_view) override { return store_failed("write", "entry", EBADF); }
  Result<void> commit() override { return store_failed("write", "entry", EBADF); }

 private:
  std::string bytes_;
};

class PartEntry final : public Store::Entry {
 public:
  PartEntry(FilePart part, std::filesystem::path place)
      : part_(std::move(part)), place_(std::move(place)) {}

  std::uint64_t size() const override { return part_.size; }
  Result<std::size_t> read_at(std::uint64_t offset, void* buffer, std::size_t capacity) override {
    if (offset >= part_.size) return std::size_t{0};
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(capacity, part_.size - offset));
    for (;;) {
      const ssize_t got =
          ::pread(part_.file->get(), buffer, count, static_cast<off_t>(part_.offset + offset));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return store_failed("read", place_, errno);
    }
  }
  Result<void> write(std::string_view) override { return store_failed("write", place_, EBADF); }
  Result<void> commit() override { return store_failed("write", place_, EBADF); }

 private:
  FilePart part_;
  std::filesystem::path place_;
};

}  // namespace

Result<std::string> bytes_of(const FilePart& part, const std::filesystem::path& place) {
  PartEntry entry(part, place);
  std::string bytes(static_cast<std::size_t>(part.size), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto got = entry.read_at(at, bytes.data() + at, bytes.size() - at);
    if (!got) return Failure(got.error());
    if (*got == 0) return store_failed("read", place, ENODATA);
    at += *got;
  }
  return bytes;
}

std::unique_ptr<Store::Entry> made_entry(std::string bytes) {
  return std::make_unique<MadeEntry>(std::move(bytes));
}

void ViewStore::add(std::string name, std::string bytes) {
  pieces_.try_emplace(std::move(name), Piece{std::move(bytes), {}});
}

void ViewStore::add(std::string name, FilePart part) {
  pieces_.try_emplace(std::move(name), Piece{{}, std::move(part)});
}

Result<std::vector<std::string>> ViewStore::list(std::string_view prefix, std::string_view after) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::string> names;
  for (auto piece = pieces_.upper_bound(after); piece != pieces_.end() && names.size() < kMost;
       ++piece) {
    if (piece->first.rfind(prefix, 0) == 0) names.push_back(piece->first);
  }
  return names;
}

Result<std::unique_ptr<Store::Entry>> ViewStore::open(std::string_view name) {
  const auto found = pieces_.find(name);
  if (found == pieces_.end()) return no_such_entry(place_ / name);
  const Piece& piece = found->second;
  if (!piece.part.file) return made_entry(piece.bytes);
  return std::make_unique<PartEntry>(piece.part, place_ / name);
}

Result<std::unique_ptr<Store::Entry>> ViewStore::create(std::string_view name) {
  return store_failed("write", place_ / name, EROFS);
}

Result<void> ViewStore::remove(std::string_view name) {
  return store_failed("remove", place_ / name, EROFS);
}

}  // namespace dockerhub::cli
