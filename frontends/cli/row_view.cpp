#include "row_view.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dockerhub::cli {

namespace {

struct Order {
  std::string_view column;
  bool is_descending = false;
};

Order order_of(std::string_view sort) {
  if (!sort.empty() && sort.front() == '-') return {sort.substr(1), true};
  const std::size_t colon = sort.rfind(':');
  const std::string_view way = colon == std::string_view::npos ? "" : sort.substr(colon + 1);
  if (way == "desc" || way == "asc") return {sort.substr(0, colon), way == "desc"};
  return {sort, false};
}

bool has(const json::Value* value) {
  return value != nullptr && !value->IsNull();
}

void add_leaves(const json::Value& object, const std::string& before, std::vector<Leaf>& leaves) {
  for (const auto& member : object.GetObject()) {
    std::string name = before + std::string(json::view(member.name));
    if (member.value.IsObject() && !member.value.ObjectEmpty()) {
      add_leaves(member.value, name + ".", leaves);
    } else {
      leaves.push_back({std::move(name), &member.value});
    }
  }
}

bool holds_objects(const Leaf& leaf) {
  if (leaf.value == nullptr || !leaf.value->IsArray() || leaf.value->Empty()) return false;
  const auto rows = leaf.value->GetArray();
  return std::all_of(rows.begin(), rows.end(),
                     [](const json::Value& row) { return row.IsObject(); });
}

bool is_less(const json::Value& a, const json::Value& b) {
  if (a.IsNumber() && b.IsNumber()) return a.GetDouble() < b.GetDouble();
  if (a.IsString() && b.IsString()) return json::view(a) < json::view(b);
  return json::write(a) < json::write(b);
}

}  // namespace

std::vector<std::string> column_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (comma != 0) names.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return names;
}

const json::Value* member_at(const json::Value& row, std::string_view column) {
  if (const json::Value* value = json::find(row, column)) return value;
  const std::size_t dot = column.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const json::Value* nested = json::find(row, column.substr(0, dot));
  return nested == nullptr ? nullptr : member_at(*nested, column.substr(dot + 1));
}

std::vector<Leaf> leaves_of(const json::Value& thing) {
  std::vector<Leaf> leaves;
  add_leaves(thing, {}, leaves);
  return leaves;
}

std::vector<Leaf> take_lists(std::vector<Leaf>& leaves) {
  const auto others = std::stable_partition(leaves.begin(), leaves.end(),
                                            [](const Leaf& leaf) { return !holds_objects(leaf); });
  std::vector<Leaf> lists(std::make_move_iterator(others), std::make_move_iterator(leaves.end()));
  leaves.erase(others, leaves.end());
  return lists;
}

std::optional<std::string> list_text(const json::Value& value) {
  if (!value.IsArray()) return std::nullopt;
  std::string list;
  for (const auto& entry : value.GetArray()) {
    if (!entry.IsString() && !entry.IsNumber() && !entry.IsBool()) return std::nullopt;
    list.append(&entry == value.Begin() ? "" : ",");
    list += entry.IsString() ? std::string(json::view(entry)) : json::write(entry);
  }
  return list;
}

json::Document projected(const json::Value& row, const std::vector<std::string>& columns) {
  json::Document object(rapidjson::kObjectType);
  auto& memory = object.GetAllocator();
  for (const std::string& column : columns) {
    json::Value value;
    if (const json::Value* member = member_at(row, column)) value.CopyFrom(*member, memory);
    object.AddMember(json::Value(column.c_str(), memory), value, memory);
  }
  return object;
}

void sort_rows(std::vector<json::Document>& rows, std::string_view sort) {
  if (sort.empty()) return;
  const Order order = order_of(sort);
  std::stable_sort(rows.begin(), rows.end(), [&](const json::Document& a, const json::Document& b) {
    const json::Value* first = member_at(a, order.column);
    const json::Value* second = member_at(b, order.column);
    if (!has(first) || !has(second)) return has(first) && !has(second);
    return order.is_descending ? is_less(*second, *first) : is_less(*first, *second);
  });
}

std::vector<std::string> missing_columns(const json::Value& row, const RowView& view) {
  std::vector<std::string> missing;
  std::vector<std::string> wanted = view.columns;
  if (!view.sort.empty()) wanted.emplace_back(order_of(view.sort).column);
  for (const std::string& column : wanted) {
    if (member_at(row, column) == nullptr) missing.push_back(column);
  }
  return missing;
}

}  // namespace dockerhub::cli
