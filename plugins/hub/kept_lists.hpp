// Names that lists of Docker Hub gave, kept for a while: whoever completes types on, and asks for nearly the same
// again. State of a module's instance, so of one account; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace dockerhub::hub {

// What one request for a list gave.
struct NameList {
  std::vector<std::string> names;
  bool has_more = false;  // it was one page of several
};

class KeptLists {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds kFresh{60};  // asked for again after this
  static constexpr std::chrono::minutes kLife{10};   // till then better than nothing
  static constexpr std::size_t kMostEntries = 256;

  struct Kept {
    std::shared_ptr<const NameList> list;
    bool is_fresh = false;
  };

  // key: the action, which of its members the names are, and its parameters.
  std::optional<Kept> find(const std::string& key, Clock::time_point now = Clock::now()) const;
  // Where there is no room the oldest goes.
  void keep(const std::string& key, NameList list, Clock::time_point now = Clock::now());

 private:
  struct Entry {
    std::shared_ptr<const NameList> list;
    Clock::time_point since;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace dockerhub::hub
