// Which members of an item are shown, in what order the items come, and what is made of them. Free functions; any
// thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer_program.hpp"
#include "json.hpp"

namespace dockerhub::cli {

struct RowView {
  std::vector<std::string>
      columns;  // "name", or "owner.name" of a nested object; empty: the action's own
  // By this column; the highest first after a `-` or before `:desc`. Empty: as they come.
  std::string sort;
  // What is printed as JSON goes through it; nullptr: it is printed as it is.
  std::shared_ptr<AnswerProgram> program = nullptr;
};

// The names in a list with commas.
std::vector<std::string> column_names(std::string_view text);

// nullptr where the row has no such member.
const json::Value* member_at(const json::Value& row, std::string_view column);

// A member of one thing, or of an object in it: "owner.name".
struct Leaf {
  std::string name;
  const json::Value* value;  // lent by the thing; nullptr: it has none of this name
};

// All of them, in their order; of an object without members that object.
std::vector<Leaf> leaves_of(const json::Value& thing);

// Those that are lists of objects, taken out of `leaves`.
std::vector<Leaf> take_lists(std::vector<Leaf>& leaves);

// A list of texts, numbers and truth values with commas between them; nullopt: something else.
std::optional<std::string> list_text(const json::Value& value);

// The row with these members alone, by the columns' names; what it does not have is null.
json::Document projected(const json::Value& row, const std::vector<std::string>& columns);

// Numbers by their size, texts by their bytes; rows without the member come last either way. Equal rows stay in
// their order.
void sort_rows(std::vector<json::Document>& rows, std::string_view sort);

// The columns (and that of the order) that the row does not have.
std::vector<std::string> missing_columns(const json::Value& row, const RowView& view);

}  // namespace dockerhub::cli
