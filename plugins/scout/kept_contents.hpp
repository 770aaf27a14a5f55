// What Docker Scout said of images, kept by digest for a minute: its answers are large, and what is known
// of a digest changes over time. State of the module's instance; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "finding.hpp"
#include "hub/kept_lists.hpp"

namespace dockerhub::scout {

class KeptContents {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds kLife{60};
  static constexpr std::size_t kMostEntries = 64;
  static constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;

  // key: the account and all that was asked.
  std::optional<Inventory> find(const std::string& key, Clock::time_point now = Clock::now());
  // bytes: of the answer on the wire. One that leaves no room for others is not kept.
  void keep(const std::string& key, const Inventory& content, std::size_t bytes,
            Clock::time_point now = Clock::now());

  // The lists that completion keeps.
  hub::KeptLists& names() { return names_; }

 private:
  struct Entry {
    std::shared_ptr<const Inventory> content;
    std::size_t bytes;
    Clock::time_point since;
  };

  void drop(std::map<std::string, Entry>::iterator entry);
  void make_room(std::size_t bytes, Clock::time_point now);

  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
  std::size_t bytes_ = 0;
  hub::KeptLists names_;
};

}  // namespace dockerhub::scout
