// The lists of an answer that can be ended early, the largest first. Belongs to one thread, and to a document
// that nobody else changes meanwhile.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "json.hpp"
#include "json_size.hpp"

namespace dockerhub::mcp {

// A list of several items. Lists are told apart by their numbers, as sizes change with each end.
struct SizedList {
  json::Value* value;
  std::size_t outer;               // the list of which it is within an item, or kUnbounded
  rapidjson::SizeType place;       // of that item
  std::size_t count, size, first;  // items; bytes, of all and of the first item
};

// Measured once: the largest, the next, ...
class ListsBySize {
 public:
  // How many bytes a value takes; its lists are here from now on.
  std::size_t add(json::Value& value) { return add(value, kUnbounded, 0); }

  // After the last add().
  void sort();

  // nullptr: there is none that could be ended.
  SizedList* largest();

  // item_bytes: of those that stay. How many bytes are won by it.
  std::size_t end(SizedList& list, std::size_t shown, std::size_t item_bytes);

 private:
  std::size_t add(json::Value& value, std::size_t outer, rapidjson::SizeType place);
  std::size_t add_array(json::Value& value, std::size_t outer, rapidjson::SizeType place);
  // Whether it was within an item that an end took away.
  bool is_gone(const SizedList& list) const;

  std::vector<SizedList> lists_;
  std::vector<std::pair<std::size_t, std::size_t>>
      order_;  // a heap: size when it was put there, number
};

}  // namespace dockerhub::mcp
