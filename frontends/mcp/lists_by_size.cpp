#include "lists_by_size.hpp"

#include <algorithm>

namespace dockerhub::mcp {

void ListsBySize::sort() {
  std::make_heap(order_.begin(), order_.end());
}

SizedList* ListsBySize::largest() {
  while (!order_.empty()) {
    const auto [size, number] = order_.front();
    SizedList& list = lists_[number];
    if (list.size == size && list.count > 1 && !is_gone(list)) return &list;
    std::pop_heap(order_.begin(), order_.end());
    order_.pop_back();
    if (list.count < 2 || is_gone(list)) continue;
    order_.emplace_back(list.size, number);
    std::push_heap(order_.begin(), order_.end());
  }
  return nullptr;
}

std::size_t ListsBySize::end(SizedList& list, std::size_t shown, std::size_t item_bytes) {
  const std::size_t won = list.size - (frame_size(shown) + item_bytes);
  list.value->Erase(list.value->Begin() + shown, list.value->End());
  list.count = shown;
  list.size -= won;
  const SizedList* inner = &list;
  while (inner->outer != kUnbounded) {
    SizedList& outer = lists_[inner->outer];
    outer.size -= won;
    if (inner->place == 0) outer.first -= won;
    inner = &outer;
  }
  return won;
}

std::size_t ListsBySize::add(json::Value& value, std::size_t outer, rapidjson::SizeType place) {
  if (value.IsArray()) return add_array(value, outer, place);
  if (!value.IsObject()) return scalar_size(value);
  std::size_t size = frame_size(value.MemberCount());
  for (auto& member : json::members(value)) {
    size += scalar_size(member.name) + 1 + add(member.value, outer, place);
  }
  return size;
}

std::size_t ListsBySize::add_array(json::Value& value, std::size_t outer,
                                   rapidjson::SizeType place) {
  const std::size_t number = lists_.size();
  const bool several = value.Size() > 1;
  if (several) lists_.push_back({&value, outer, place, value.Size(), 0, 0});
  std::size_t size = frame_size(value.Size());
  for (rapidjson::SizeType index = 0; index < value.Size(); ++index) {
    const std::size_t own =
        several ? add(value[index], number, index) : add(value[index], outer, place);
    if (several && index == 0) lists_[number].first = own;
    size += own;
  }
  if (several) {
    lists_[number].size = size;
    order_.emplace_back(size, number);
  }
  return size;
}

bool ListsBySize::is_gone(const SizedList& list) const {
  for (const SizedList* each = &list; each->outer != kUnbounded; each = &lists_[each->outer]) {
    if (each->place >= lists_[each->outer].count) return true;
  }
  return false;
}

}  // namespace dockerhub::mcp
