// Names that were offered in the last while, in a file of the user's: whoever completes types on, and each key starts
// a process of its own. Without secrets, mode 0600. What cannot be read, is not the user's alone or has another format
// counts as empty, and what cannot be written is left out: nothing here fails. One thread; of two processes that write
// at once the last one counts.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::cli {

struct OfferedNames {
  std::vector<std::string> names;
  bool has_more = false;  // there are others that begin as it was typed
};

class NameCache {
 public:
  using Time = std::chrono::system_clock::time_point;

  static constexpr std::chrono::minutes kFresh{5};  // asked for again after this
  static constexpr std::chrono::hours kLife{24};    // till then better than nothing
  static constexpr std::size_t kMostEntries = 64;   // then the oldest goes

  struct Kept {
    OfferedNames offered;
    bool is_fresh = false;
  };

  // In the folder of the user's cache; empty where there is none.
  static std::filesystem::path usual_path();

  // An empty path keeps nothing.
  explicit NameCache(std::filesystem::path path);

  // key: who asks whom for what. What was offered for this value, or all that was for its beginning; a fresh one
  // before an old one.
  std::optional<Kept> find(std::string_view key, std::string_view value, Time now) const;
  void keep(std::string_view key, std::string_view value, const OfferedNames& offered, Time now);

 private:
  std::filesystem::path path_;
};

}  // namespace dockerhub::cli
