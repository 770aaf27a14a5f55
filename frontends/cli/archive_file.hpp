// A tar archive on disk, listed and open: what the stores of archives read. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "view_store.hpp"

namespace dockerhub::cli {

class ArchiveFile {
 public:
  // Reads it through once; one that is packed is unpacked into a file without a name in the folder for temporary
  // files. Errors: configuration, of what cannot be read; parameter, of what is no archive that can be used.
  static Result<ArchiveFile> open(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  // Where the bytes of a file are; a link stands for the file that it names. nullopt: it is not there.
  std::optional<FilePart> find(std::string_view name) const;
  // Of files and links, in byte order.
  std::vector<std::string> names() const;

 private:
  struct Content {
    FilePart part;
    std::string link;  // the name that a link means
  };
  explicit ArchiveFile(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::map<std::string, Content, std::less<>> contents_;
};

}  // namespace dockerhub::cli
