// Remembers which manifest texts keep all rules, with their outlines (known_text.hpp), over runs of one version:
// compiling the schema, checking all manifests and reading them whole is the longest part of a short command. It is a
// file in the user's cache folder, sealed with the key of what is kept between runs, which is elsewhere: a cache that
// somebody else has filled is not believed. Without either of them everything is checked. Belongs to one scan.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

// A number for the text of a manifest and the rules of this build: equal for equal texts. Any thread.
std::uint64_t manifest_mark(std::string_view text);

class KnownManifests {
 public:
  struct Places {
    std::filesystem::path file;  // empty: nothing is known, and nothing is kept
    std::filesystem::path key;   // kept_key()'s
  };

  // Of a file that is missing, that is not only ours or that has another seal nothing is known.
  explicit KnownManifests(Places places);
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
    std::string_view outline;  // in one line, of `kept_` or `learnt_`
    bool is_used = false;      // in this scan
  };

  void read();
  // Nothing: there is no key.
  std::optional<std::string> seal_of(std::string_view lines) const;

  Places places_;
  std::string kept_;  // the file's text
  std::list<std::string> learnt_;
  std::vector<Known> known_;  // what was used last at the end
};

}  // namespace dockerhub
