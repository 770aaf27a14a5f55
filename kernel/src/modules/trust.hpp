// Which module files outside the installation may be loaded: those whose path and sha256 the user
// recorded. The records are a JSON file in the user's configuration folder; one that others could
// have written is not believed. Immutable after read(); any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "modules/checked_file.hpp"

namespace dockerhub {

struct TrustRecord {
  std::filesystem::path file;  // real path
  std::string sha256;
  std::string name;      // of the module
  std::string manifest;  // its text, so that a later version can be compared with it
};

class TrustRecords {
 public:
  // A missing file means that nothing is trusted. Errors (configuration) name file and cause: not
  // ours, writable by others, not in the form in which it is written.
  static Result<TrustRecords> read(const std::filesystem::path& file);

  // nullptr when nothing was ever recorded for that path.
  const TrustRecord* find(const std::filesystem::path& module_file) const;

  const std::vector<TrustRecord>& all() const { return records_; }

  // Adds or replaces the record of that path and writes the file anew: at once or not at all, mode
  // 0600. Processes that write at the same time wait for each other.
  static Result<void> record(const std::filesystem::path& file, TrustRecord record);

 private:
  std::vector<TrustRecord> records_;
};

// One line for each thing that a user should look at before trusting the new version: actions added
// and removed, effects, texts, destinations, host extensions. Both are texts of manifests; an old
// one that cannot be read any more is said to be so.
std::vector<std::string> manifest_changes(std::string_view old_text, std::string_view new_text);

}  // namespace dockerhub
