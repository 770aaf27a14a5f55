// A store for reading whose entries lie elsewhere than under their names: parts of open files, and bytes that were made
// here. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// A part of a file.
struct FilePart {
  std::shared_ptr<const Descriptor> file;
  std::uint64_t offset = 0, size = 0;  // bytes
};

// All of its bytes; an error where the file ends before them. `place`: for errors.
Result<std::string> bytes_of(const FilePart& part, const std::filesystem::path& place);

// An entry whose bytes are there already.
std::unique_ptr<Store::Entry> made_entry(std::string bytes);

class ViewStore final : public Store {
 public:
  // `place`: what errors name.
  explicit ViewStore(std::filesystem::path place) : place_(std::move(place)) {}

  // The first of a name stays.
  void add(std::string name, std::string bytes);
  void add(std::string name, FilePart part);

  Result<std::vector<std::string>> list(std::string_view prefix, std::string_view after) override;
  Result<std::unique_ptr<Entry>> open(std::string_view name) override;
  Result<std::unique_ptr<Entry>> create(std::string_view name) override;
  Result<void> remove(std::string_view name) override;

 private:
  struct Piece {
    std::string bytes;
    FilePart part;  // without a file the bytes count
  };

  std::filesystem::path place_;
  std::map<std::string, Piece, std::less<>> pieces_;
};

}  // namespace dockerhub::cli
