#include "kept_contents.hpp"

#include <algorithm>
#include <utility>

namespace dockerhub::scout {

std::optional<Inventory> KeptContents::find(const std::string& key, Clock::time_point now) {
  std::shared_ptr<const Inventory> content;
  {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    if (known == entries_.end() || now - known->second.since >= kLife) return std::nullopt;
    content = known->second.content;
  }
  return *content;
}

void KeptContents::keep(const std::string& key, const Inventory& content, std::size_t bytes,
                        Clock::time_point now) {
  if (bytes > kMostBytes / 2) return;
  auto copy = std::make_shared<const Inventory>(content);
  const std::lock_guard lock(mutex_);
  if (const auto known = entries_.find(key); known != entries_.end()) drop(known);
  make_room(bytes, now);
  entries_.emplace(key, Entry{std::move(copy), bytes, now});
  bytes_ += bytes;
}

void KeptContents::drop(std::map<std::string, Entry>::iterator entry) {
  bytes_ -= entry->second.bytes;
  entries_.erase(entry);
}

void KeptContents::make_room(std::size_t bytes, Clock::time_point now) {
  const auto oldest = [&] {
    return std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
      return a.second.since < b.second.since;
    });
  };
  for (auto entry = oldest(); entry != entries_.end(); entry = oldest()) {
    const bool is_stale = now - entry->second.since >= kLife;
    const bool is_full = entries_.size() >= kMostEntries || bytes_ + bytes > kMostBytes;
    if (!is_stale && !is_full) return;
    drop(entry);
  }
}

}  // namespace dockerhub::scout
