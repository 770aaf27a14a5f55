// Remembers which manifest texts keep all rules, over runs of one version: compiling the schema and
// checking all manifests is the longest part of a short command. It is a file in the user's cache folder; without it
// everything is checked. Whoever can write there can do what the user can. Belongs to one scan.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace dockerhub {

// A number for the text of a manifest and the rules of this build: equal for equal texts. Any thread.
std::uint64_t manifest_mark(std::string_view text);

class KnownManifests {
 public:
  // An empty path, or a file that is missing or not only ours: nothing is known. No path: nothing is kept.
  explicit KnownManifests(std::filesystem::path file);

  bool knows(std::uint64_t mark) const;
  void learn(std::uint64_t mark);
  // Writes what was learnt. A cache that cannot be written is no failure.
  void keep() const;

 private:
  std::filesystem::path file_;
  std::vector<std::uint64_t> known_;  // the oldest first
  bool learnt_ = false;
};

}  // namespace dockerhub
