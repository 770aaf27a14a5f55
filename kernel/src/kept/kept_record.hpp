// One record of kept_records.hpp that its holder has to itself: a value, sealed, in a file that is this
// user's alone. Nothing here fails a call; what is wrong with the file is said through `warn`. Belongs to
// one thread at a time.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "approval/seal.hpp"
#include "base/file.hpp"
#include "base/private_file.hpp"

namespace dockerhub {

class KeptRecord {
 public:
  using Time = std::chrono::system_clock::time_point;
  using Warn = std::function<void(std::string_view)>;

  // Of the files; another one has files of another name.
  static constexpr int kFormat = 1;

  // `lock` is held as long as the record; `warn` outlives it.
  KeptRecord(PrivateFile file, Seal seal, UniqueFd lock, const Warn& warn);

  // nullopt: there is none, its time is over, or its file cannot be believed.
  std::optional<std::string> read(Time now) const;
  // Replaces the value at once or not at all, synced; false: it was not written.
  bool write(std::string_view value, Time until) const;
  // Whether there is no value any more.
  bool remove() const;
  // Whether there is a file of it, whatever that holds.
  bool is_there() const;

 private:
  std::string purpose(std::int64_t until) const;
  void pass_over(const std::string& why) const;

  PrivateFile file_;
  Seal seal_;
  UniqueFd lock_;
  const Warn* warn_;
};

}  // namespace dockerhub
