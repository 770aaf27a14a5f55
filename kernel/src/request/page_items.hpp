// Which items of a list were there before. A list that changes while its pages are read moves items
// from one page to the next; told apart by the key that the row names, none is delivered twice.
// Belongs to one call; grows by the keys of the items, not by the items.
#pragma once

#include <string>
#include <unordered_set>

#include "base/json.hpp"

namespace dockerhub {

class PageItems {
 public:
  // key: of an item's member, empty when the items have none; all of them are new then.
  explicit PageItems(std::string key) : key_(std::move(key)) {}

  void begin_page();
  bool is_new(const json::Value& item);
  // Page after page brought nothing new: the server gives the same one for every number.
  bool stands_still() const;

 private:
  std::string key_;
  std::unordered_set<std::string> seen_;
  bool has_news_ = true;
  int stale_pages_ = 0;
};

}  // namespace dockerhub
