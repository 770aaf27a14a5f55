#include "paging.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "dockerhub/sdk/raw_member.hpp"
#include "server/hex.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::size_t kFingerprintBytes = 8;
constexpr char kDash = '-';

// The texts of the rows, in their order.
std::vector<std::string_view> rows_of(std::string_view list) {
  sdk::RawCursor cursor(list);
  std::vector<std::string_view> rows;
  const auto pass = [&cursor](char expected) {
    if (cursor.peek() != expected) return false;
    cursor.step();
    return true;
  };
  if (!pass('{') || cursor.value().empty() || !pass(':') || !pass('[')) return rows;
  while (cursor.peek() != ']' && cursor.peek() != '\0') {
    rows.push_back(cursor.value());
    if (!pass(',')) break;
  }
  return rows;
}

// Of the list as it is: any change of it gives another one.
std::string fingerprint(std::string_view list) {
  return server::sha256_hex(list, kFingerprintBytes);
}

std::string cursor_to(std::size_t first_row, const std::string& print) {
  return std::to_string(first_row) + kDash + print;
}

// The row that a cursor leads to, if it is one of this list's.
std::optional<std::size_t> row_at(std::string_view cursor, std::size_t rows_of_list,
                                  std::size_t rows_of_page, const std::string& print) {
  std::size_t row = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), row);
  const bool begins_a_page = row > 0 && row < rows_of_list && row % rows_of_page == 0;
  if (!begins_a_page || cursor != cursor_to(row, print)) return std::nullopt;
  return row;
}

Reply unknown_cursor(const char* why) {
  return tl::unexpected(
      RpcError{code::kInvalidParams,
               std::string("unknown cursor: ") + why + ". Begin again without one",
               {}});
}

}  // namespace

Reply page_of(std::string list, const Message& request, std::size_t rows) {
  const json::Value* cursor = json::find_present(request.params(), "cursor");
  if (cursor != nullptr && !cursor->IsString()) return unknown_cursor("it is no text");
  const bool begins = cursor == nullptr || cursor->GetStringLength() == 0;
  const std::vector<std::string_view> all = rows_of(list);
  if (begins && all.size() <= rows) return list;

  const std::string print = fingerprint(list);
  std::size_t first = 0;
  if (!begins) {
    const auto row = row_at(json::view(*cursor), all.size(), rows, print);
    if (!row) return unknown_cursor("the present list has no such page");
    first = *row;
  }
  const std::size_t end = std::min(first + rows, all.size());
  // What stands before the rows, `{"tools":[`, is the same on every page.
  std::string page(list, 0, static_cast<std::size_t>(all.front().data() - list.data()));
  for (std::size_t row = first; row < end; ++row) {
    if (row > first) page += ',';
    page += all[row];
  }
  page += ']';
  if (end < all.size()) page += R"(,"nextCursor":")" + cursor_to(end, print) + '"';
  page += '}';
  return page;
}

}  // namespace dockerhub::mcp
