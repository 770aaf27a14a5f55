#include "request/paging.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "http/link.hpp"

namespace dockerhub {
namespace {

constexpr std::uint64_t kLargePage = 100;  // the most that Docker Hub's lists give

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> find_number(const Paging::Query& query, std::string_view name) {
  const auto found = std::find_if(query.begin(), query.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  return found == query.end() ? std::nullopt : number_of(found->second);
}

std::optional<std::uint64_t> find_number(const json::Value& page, std::string_view name) {
  const json::Value* value = json::find(page, name);
  return value != nullptr && value->IsUint64() ? std::optional(value->GetUint64()) : std::nullopt;
}

Paging::Query with(Paging::Query query, std::string_view name, std::uint64_t number) {
  std::erase_if(query, [&](const auto& pair) { return pair.first == name; });
  query.emplace_back(name, std::to_string(number));
  return query;
}

bool ends_here(const json::Value& page, const Paging::Query& query, std::size_t items) {
  const json::Value* next = json::find(page, "next");
  if (next != nullptr) return !next->IsString() || next->GetStringLength() == 0;
  const auto size = find_number(query, "page_size");
  return size && items < *size;
}

}  // namespace

std::optional<Paging> Paging::from_row(const std::string& paging_json) {
  if (paging_json.empty()) return std::nullopt;
  const auto row = json::parse(paging_json);
  if (!row) return std::nullopt;
  constexpr std::pair<std::string_view, Style> kStyles[] = {
      {"page", Style::page},
      {"page_without_total", Style::page_without_total},
      {"start_index", Style::start_index},
      {"link", Style::link}};
  const std::string_view name = json::text_of(*row, "style");
  for (const auto& [known, style] : kStyles) {
    if (known == name) return Paging(style, std::string(json::text_of(*row, "items")));
  }
  return std::nullopt;
}

const json::Value& Paging::page_in(const json::Value& body) {
  const bool is_wrapped = body.IsArray() && body.Size() == 1 && body[0].IsObject();
  return is_wrapped ? body[0] : body;
}

std::string Paging::items_key_in(const json::Value& page) const {
  if (items_key_.empty() || json::find(page, items_key_) != nullptr) return items_key_;
  std::string other = items_key_;
  other.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(other.front())));
  return other;
}

const json::Value* Paging::items_of(const json::Value& page) const {
  static const json::Value kNone(rapidjson::kArrayType);
  const json::Value* items = json::find(page, items_key_in(page));
  const bool is_left_out = items == nullptr || items->IsNull();
  if (is_left_out && total_of(page) == 0U) return &kNone;
  return items != nullptr && items->IsArray() ? items : nullptr;
}

std::string Paging::summary_of(const json::Value& page) const {
  json::Document rest;
  rest.CopyFrom(page, rest.GetAllocator());
  for (const std::string& name :
       {items_key_in(page), std::string("next"), std::string("previous")}) {
    rest.RemoveMember(name.c_str());
  }
  return json::write(rest);
}

std::optional<std::uint64_t> Paging::total_of(const json::Value& page) {
  for (const char* name : {"count", "total", "totalResults"}) {
    if (const auto total = find_number(page, name)) return total;
  }
  return std::nullopt;
}

void Paging::prefer_large_pages(Query& query, std::optional<std::uint64_t> most_items) const {
  if (style_ == Style::whole) return;
  constexpr std::pair<Style, std::string_view> kSizes[] = {{Style::page, "page_size"},
                                                           {Style::page_without_total, "page_size"},
                                                           {Style::start_index, "count"},
                                                           {Style::link, "n"}};
  const std::string_view name = kSizes[static_cast<std::size_t>(style_)].second;
  if (find_number(query, name)) return;
  query = with(std::move(query), name, std::min(kLargePage, most_items.value_or(kLargePage)));
}

std::optional<Paging::Query> Paging::next(const Query& query, const http::Response& response,
                                          const json::Value& page, std::size_t items) const {
  // An empty page without news would be asked for again and again.
  if (items == 0 || style_ == Style::whole) return std::nullopt;
  if (style_ == Style::link) {
    const auto target = http::next_link(response);
    if (!target) return std::nullopt;
    return http::query_pairs(target->query);
  }
  if (style_ == Style::start_index) {
    const std::uint64_t start = find_number(query, "startIndex").value_or(1) + items;
    const auto total = find_number(page, "totalResults");
    if (!total || start > *total) return std::nullopt;
    return with(query, "startIndex", start);
  }
  const auto size = find_number(query, "page_size");
  const bool short_page = style_ == Style::page_without_total && size && items < *size;
  if (short_page || (style_ == Style::page && ends_here(page, query, items))) return std::nullopt;
  return with(query, "page", find_number(query, "page").value_or(1) + 1);
}

}  // namespace dockerhub
