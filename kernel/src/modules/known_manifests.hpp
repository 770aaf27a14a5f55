// Remembers which manifest texts keep all rules, with their outlines (known_text.hpp), over runs of one version:
// compiling the schema, checking all manifests and reading them whole is the longest part of a short command. It is a
// file in the user's cache folder; without it everything is checked. Whoever can write there can do what the user can.
// Belongs to one scan.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

// A number for the text of a manifest and the rules of this build: equal for equal texts. Any thread.
std::uint64_t manifest_mark(std::string_view text);

class KnownManifests {
 public:
  // An empty path, or a file that is missing or not only ours: nothing is known. No path: nothing is kept.
  explicit KnownManifests(std::filesystem::path file);
  KnownManifests(const KnownManifests&) = delete;
  KnownManifests& operator=(const KnownManifests&) = delete;

  // The outline of the text with this mark, which this object keeps; empty: it is not known.
  std::string_view outline(std::uint64_t mark);
  void learn(std::uint64_t mark, std::string outline);
  // Writes what was learnt, with what was used and some of the rest. A cache that cannot be written is no failure.
  void keep() const;

 private:
  struct Known {
    std::uint64_t mark = 0;
    std::uint64_t outline_mark = 0;  // a damaged one is not believed
    std::string_view outline;        // in one line, of `kept_` or `learnt_`
    bool is_used = false;            // in this scan
  };

  void read();

  std::filesystem::path file_;
  std::string kept_;  // the file's text
  std::list<std::string> learnt_;
  std::vector<Known> known_;  // the oldest first
};

}  // namespace dockerhub
