#include "rest_of_list.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace dockerhub::mcp {
namespace {

enum class Counts { pages, items_from_one, after_last };

// The styles of paging that a row may have, and the parameters by which its list is read in parts.
struct PositionRow {
  std::string_view style, position, size;
  Counts counts;
};

constexpr auto kPositions = std::to_array<PositionRow>({
    {"page", "page", "page_size", Counts::pages},
    {"page_without_total", "page", "page_size", Counts::pages},
    {"start_index", "start_index", "count", Counts::items_from_one},
    {"link", "last", "n", Counts::after_last},
});

struct RowPaging {
  const PositionRow* row = nullptr;  // nullptr: not in parts, or not by parameters
  std::string items;
};

// Registries page by names, whoever asks them; other lists of handlers may be filtered or put together, so that
// counting what is shown leads nowhere.
RowPaging row_paging(const Action& action) {
  const std::string text = action.request ? action.request->paging_json : std::string();
  const auto paging = json::parse(text.empty() ? "{}" : text);
  const std::string style(paging ? json::text_of(&*paging, "style") : std::string_view());
  std::string items(paging ? json::text_of(&*paging, "items") : std::string_view());
  if (items.empty()) items = action.answer.items_key;
  const auto found =
      std::find_if(kPositions.begin(), kPositions.end(), [&](const PositionRow& row) {
        const bool pages_so = style == row.style || (style.empty() && row.style == "link");
        return pages_so && action.find_parameter(row.position) != nullptr &&
               action.find_parameter(row.size) != nullptr;
      });
  return {found == kPositions.end() ? nullptr : &*found, std::move(items)};
}

// SCIM writes the key in either case of its first letter.
bool is_key(std::string_view name, std::string_view key) {
  if (name.size() != key.size() || name.empty()) return false;
  const auto small = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
  return small(name.front()) == small(key.front()) && name.substr(1) == key.substr(1);
}

const json::Value* items_in(const json::Value& data, std::string_view key) {
  if (data.IsArray()) return &data;
  if (!data.IsObject()) return nullptr;
  for (const auto& member : data.GetObject()) {
    if (is_key(json::view(member.name), key) && member.value.IsArray()) return &member.value;
  }
  return nullptr;
}

std::optional<std::size_t> number_in(const json::Value& value) {
  if (value.IsUint64()) return value.GetUint64();
  if (!value.IsString()) return std::nullopt;
  const std::string_view text = json::view(value);
  std::size_t number = 0;
  const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = problem == std::errc() && rest == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

// What was given for a parameter under any of its names, else its default.
std::optional<std::size_t> given_number(const Parameter& parameter, const json::Value& params) {
  std::vector<std::string> names = parameter.aliases;
  names.insert(names.begin(), parameter.name);
  for (const std::string& name : names) {
    if (const json::Value* value = json::find_present(&params, name)) return number_in(*value);
  }
  const auto fallback = json::parse(parameter.default_json);
  return fallback ? number_in(*fallback) : std::nullopt;
}

std::size_t largest_size(const Parameter& size, std::size_t shown) {
  if (!size.maximum || *size.maximum < 1) return shown;
  return std::min(shown, static_cast<std::size_t>(*size.maximum));
}

std::size_t least_size(const Parameter& size) {
  return size.minimum && *size.minimum > 1 ? static_cast<std::size_t>(*size.minimum) : 1;
}

// Pages of one size begin at its multiples: of the sizes from half to all of what fits, the one of which a
// page begins at this place, or the least before it.
std::size_t page_size_for(std::size_t place, std::size_t least, std::size_t most) {
  std::size_t best = most;
  for (std::size_t size = most; size > most / 2 && size >= least; --size) {
    if (place % size < place % best) best = size;
  }
  return best;
}

std::string pages(const Parameter& page, const Parameter& page_size, const json::Value& params,
                  std::size_t shown) {
  const std::size_t number = given_number(page, params).value_or(1);
  const std::optional<std::size_t> given = given_number(page_size, params);
  if (number == 0 || (number > 1 && !given)) return {};
  const std::size_t place = (number == 1 ? 0 : (number - 1) * *given) + shown;
  const std::size_t least = least_size(page_size), most = largest_size(page_size, shown);
  // So few items come no more at once.
  if (most < least) return {};
  const std::size_t size = page_size_for(place, least, most);
  return json::object([&](json::Writer& writer) {
    json::put_key(writer, page.name);
    writer.Uint64(place / size + 1);
    json::put_key(writer, page_size.name);
    writer.Uint64(size);
  });
}

std::string positions(const Parameter& position, const json::Value& params, std::size_t shown) {
  return json::object([&](json::Writer& writer) {
    json::put_key(writer, position.name);
    writer.Uint64(given_number(position, params).value_or(1) + shown);
  });
}

std::string after_last(const Parameter& last, const json::Value& list, std::size_t shown) {
  const json::Value& item = list[static_cast<rapidjson::SizeType>(shown - 1)];
  if (!item.IsString()) return {};
  return json::object(
      [&](json::Writer& writer) { json::put_member(writer, last.name, json::view(item)); });
}

}  // namespace

const json::Value* row_items(const Action& action, const json::Value& data) {
  std::string key = action.answer.items_key;
  if (key.empty()) key = row_paging(action).items;
  return items_in(data, key.empty() ? "results" : key);
}

const json::Value* paged_items(const Action& action, const json::Value& data) {
  const RowPaging paging = row_paging(action);
  return paging.row == nullptr ? nullptr : items_in(data, paging.items);
}

std::string rest_of_list(const Action& action, std::string_view params, const json::Value& list,
                         std::size_t shown) {
  const PositionRow* row = row_paging(action).row;
  const auto given = json::parse(params);
  if (row == nullptr || !given) return {};
  const Parameter& position = *action.find_parameter(row->position);
  switch (row->counts) {
    case Counts::pages:
      return pages(position, *action.find_parameter(row->size), *given, shown);
    case Counts::items_from_one:
      return positions(position, *given, shown);
    case Counts::after_last:
      return after_last(position, list, shown);
  }
  return {};
}

}  // namespace dockerhub::mcp
