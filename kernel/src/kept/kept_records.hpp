// What modules keep between runs (kept/1; docs/abi.md, "Records that outlive the process"): one file a
// record, sealed, in a folder of the user's cache, and one lock file, of which each record that is open has a
// byte locked. Names are keyed hashes, so that the folder shows nothing. Everything here saves work and is
// never a reason to fail. Any thread, any number of processes; no file is touched before one is needed.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "kept/kept_record.hpp"

namespace dockerhub {

class KeptRecords {
 public:
  using Warn = KeptRecord::Warn;
  using Time = KeptRecord::Time;

  enum class Refusal {
    taken,   // somebody else has the record
    nowhere  // nothing can be kept
  };

  // Paths of the folder and of the key's file; an empty one: nothing is kept. `warn` is called once at most.
  struct Places {
    std::filesystem::path folder, key;
  };
  KeptRecords(Places places, Warn warn);

  // The record of that name and owner, which need not be there yet. Not after the end of this object.
  tl::expected<KeptRecord, Refusal> open(std::string_view owner, std::string_view name);

  // Whether one more record has room beside those that are there.
  bool has_room() const;

  static constexpr std::size_t kMost = 1000;

 private:
  // Empty: nothing can be kept, which was said.
  std::string key();
  tl::expected<UniqueFd, Refusal> take(std::string_view hash) const;
  void sweep() const;
  void warn_once(std::string_view text) const;

  Places places_;
  Warn warn_;
  Warn warn_once_;
  mutable std::once_flag warned_;
  std::mutex mutex_;
  std::string key_;  // once it is there it stays
};

}  // namespace dockerhub
