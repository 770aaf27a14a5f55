// A file that the programs keep for themselves: trust records, what is remembered of manifests, the
// trail. One set of rules for all of them: made with mode 0600 in a folder made with mode 0700; not
// believed where somebody else owns, reads or may change it, or may put another one in its place; its
// first line is a JSON object whose `version` says in which format the rest is, and a newer one than the
// program knows is refused, so that an old program neither misreads nor damages it.
// A path and a number; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

class PrivateFile {
 public:
  // version: the newest format that the caller reads, and the one that it writes; from 1.
  PrivateFile(std::filesystem::path path, int version);

  const std::filesystem::path& path() const { return path_; }

  // The whole text, of at most `limit` bytes; nullopt when there is no such file. Errors (configuration)
  // name file, cause and what to do.
  Result<std::optional<std::string>> read(std::size_t limit) const;
  // The same for a text that only its reader may take apart: the version is left to it (judge_version()).
  Result<std::optional<std::string>> read_unjudged(std::size_t limit) const;

  // Replaces the file at once or not at all, synced. The first line of `text` has to be a header.
  Result<void> write(std::string_view text) const;

  // A descriptor that appends to the file (or reads it at any place), which is made, empty, when it is
  // missing. Whoever makes it writes the header.
  Result<UniqueFd> open_to_append() const;
  // A descriptor that reads a file that is there.
  Result<UniqueFd> open_to_read() const;

  // Makes the folder if need be and takes its lock, which other threads and processes wait for, until
  // the descriptor is closed. Errors: configuration, timeout after `time`, and cancelled.
  Result<UniqueFd> lock(std::chrono::milliseconds time, const std::stop_token& stop = {}) const;

  // Refuses a text whose first line has no version, or a newer one.
  Result<void> check_version(std::string_view text) const;
  // Refuses nullopt, what is no version, and a newer one.
  Result<void> judge_version(std::optional<std::int64_t> version) const;

 private:
  Result<UniqueFd> open(int flags) const;

  std::filesystem::path path_;
  int version_;
};

// The first of these variables' values that is an absolute path, with "dockerhub" below it, else HOME
// with `below_home` and "dockerhub"; empty where neither is there (XDG Base Directory Specification).
std::filesystem::path xdg_folder(std::string_view xdg_home, std::string_view home,
                                 std::string_view below_home);

}  // namespace dockerhub
