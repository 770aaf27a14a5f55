#include "pages.hpp"

#include <unordered_set>

#include "members.hpp"

namespace dockerhub::hub {
namespace {

constexpr std::uint64_t kPageSize = 100;  // the most that Docker Hub's lists give
constexpr int kMostStalePages = 3;

std::optional<std::uint64_t> total_of(const sdk::Value& page) {
  for (const char* name : {"count", "total"}) {
    const sdk::Value* total = member(page, name);
    if (total != nullptr && total->IsUint64()) return total->GetUint64();
  }
  return std::nullopt;
}

sdk::Json query_of(const List& list, std::vector<std::pair<std::string, std::string>> more) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto* pairs : {&list.query, static_cast<const decltype(list.query)*>(&more)}) {
      for (const auto& [name, value] : *pairs) {
        sdk::put_key(json, name);
        sdk::put(json, value);
      }
    }
    json.EndObject();
  });
}

sdk::Request page_request(const List& list, sdk::Json query) {
  sdk::Request request;
  request.path = list.path;
  request.path_params = list.path_params;
  request.query = std::move(query);
  return request;
}

// nullptr: the page has none. An empty list may be left out.
const sdk::Value* items_of(const sdk::Value& page, std::string_view key) {
  static const sdk::Value kNone(rapidjson::kArrayType);
  const sdk::Value* items = member(page, key);
  if (items == nullptr && total_of(page) == 0U) return &kNone;
  return items != nullptr && items->IsArray() ? items : nullptr;
}

sdk::Status no_list(sdk::Context& ctx, std::string_view key) {
  const std::string message = "the answer has no list '" + std::string(key) + "'";
  return ctx.fail("ApiError", message, "Ask for a single page to see what the server says.");
}

// A link decides where there is one; else a page that is not full was the last.
bool says_it_is_the_last(const sdk::Value& page, bool is_short) {
  if (!page.HasMember("next")) return is_short;
  const sdk::Value& next = page["next"];
  return !next.IsString() || next.GetStringLength() == 0;
}

// Docker's document draws the members of an organization as an array of one page.
const sdk::Value& page_in(const sdk::Value& body) {
  return body.IsArray() && body.Size() == 1 ? body[0] : body;
}

}  // namespace

sdk::Reply<Answer> read_page(sdk::Context& ctx, const List& list) {
  std::vector<std::pair<std::string, std::string>> paging;
  for (const char* name : {"page", "page_size"}) {
    if (ctx.params().has(name))
      paging.emplace_back(name, std::to_string(ctx.params().integer(name)));
  }
  return ask(ctx, page_request(list, query_of(list, std::move(paging))));
}

sdk::Reply<Reading> read_all(sdk::Context& ctx, const List& list, const Visit& visit,
                             std::uint64_t most_pages) {
  const auto size =
      static_cast<std::uint64_t>(ctx.params().integer("page_size", std::int64_t{kPageSize}));
  const auto first = static_cast<std::uint64_t>(ctx.params().integer("page", 1));
  Reading reading;
  std::uint64_t read = 0;
  int stale_pages = 0;  // without news, one after the other
  std::unordered_set<std::string> seen;
  for (std::uint64_t number = first; number < first + most_pages; ++number) {
    const auto answer =
        ask(ctx, page_request(list, query_of(list, {{"page", std::to_string(number)},
                                                    {"page_size", std::to_string(size)}})));
    if (!answer) return answer.status();
    const sdk::Value& page = page_in(answer->body);
    const sdk::Value* items = items_of(page, list.items);
    if (items == nullptr) return no_list(ctx, list.items);
    bool has_news = false;
    for (const sdk::Value& item : items->GetArray()) {
      const std::string_view name =
          list.identity.empty() ? std::string_view() : text_member(item, list.identity);
      if (!name.empty() && !seen.emplace(name).second) continue;
      has_news = true;
      if (const sdk::Status status = visit(item); !status) return status;
    }
    reading.total = total_of(page);
    read += items->Size();
    ctx.progress({read, reading.total.value_or(0), "item", "", ""});
    if (items->Empty() || says_it_is_the_last(page, items->Size() < size)) return reading;
    stale_pages = has_news ? 0 : stale_pages + 1;
    if (stale_pages == kMostStalePages) break;
  }
  reading.is_whole = false;
  return reading;
}

sdk::Status endless(sdk::Context& ctx) {
  return ctx.fail("ApiError", "Docker Hub's list of members does not end",
                  "Nothing was changed. Try again later.");
}

}  // namespace dockerhub::hub
