#include "pages.hpp"

#include <algorithm>
#include <unordered_set>

#include "members.hpp"

namespace dockerhub::hub {
namespace {

constexpr std::uint64_t kPageSize = 100;      // the most that Docker Hub's lists give
constexpr std::uint64_t kLeastFullPage = 25;  // what a server that chooses itself gives at least
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

// Where a list ends: a link decides where there is one, else a page that is not full was the last.
// A server may give fewer than it was asked for, so the fullest page tells how many a full one has.
class Ending {
 public:
  explicit Ending(std::uint64_t wanted) : wanted_(wanted) {}

  bool is_at(const sdk::Value& page, std::uint64_t items) {
    most_ = std::max(most_, items);
    has_links_ = page.HasMember("next");
    if (!has_links_) return items < std::min(wanted_, most_);
    const sdk::Value& next = page["next"];
    return !next.IsString() || next.GetStringLength() == 0;
  }
  // Whether nobody promised the page that is asked for next: it may be missing.
  bool is_open() const { return !has_links_; }

 private:
  std::uint64_t wanted_;
  std::uint64_t most_ = kLeastFullPage;  // on one page
  bool has_links_ = true;
};

// Docker's document draws the members of an organization as an array of one page.
const sdk::Value& page_in(const sdk::Value& body) {
  return body.IsArray() && body.Size() == 1 ? body[0] : body;
}

// Nothing: the page is missing, and may be.
sdk::Reply<std::optional<Answer>> ask_page(sdk::Context& ctx, const List& list,
                                           std::uint64_t number, std::uint64_t size,
                                           bool may_be_missing) {
  constexpr int kNotFound = 404;
  constexpr int kLimited = 429;
  const sdk::Request request = page_request(
      list,
      query_of(list, {{"page", std::to_string(number)}, {"page_size", std::to_string(size)}}));
  std::vector<int> answers;  // beside a page
  if (may_be_missing) answers.push_back(kNotFound);
  if (list.limit != nullptr) answers.push_back(kLimited);
  while (true) {
    auto answer = ask_unless(ctx, request, answers);
    if (list.limit != nullptr && RateWait::is_limited(answer)) {
      if (const sdk::Status waited = list.limit->wait("hub"); !waited) return waited;
      continue;
    }
    if (!answer) return answer.status();
    if (list.limit != nullptr) list.limit->passed();
    if (answer->status_code == kNotFound) return std::optional<Answer>();
    return std::optional<Answer>(*std::move(answer));
  }
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
  Ending ending(size);
  std::string before;  // the last page, of items that have no identity
  std::unordered_set<std::string> seen;
  for (std::uint64_t number = first; number < first + most_pages; ++number) {
    auto answer = ask_page(ctx, list, number, size, ending.is_open());
    if (!answer) return answer.status();
    if (!*answer) return reading;
    const sdk::Value& page = page_in((*answer)->body);
    const sdk::Value* items = items_of(page, list.items);
    if (items == nullptr) return no_list(ctx, list.items);
    bool has_news = false;
    const bool is_repeated = list.identity.empty() && (*answer)->text == before;
    for (const sdk::Value& item : items->GetArray()) {
      if (is_repeated) break;
      const std::string_view name =
          list.identity.empty() ? std::string_view() : text_member(item, list.identity);
      if (!name.empty() && !seen.emplace(name).second) continue;
      has_news = true;
      if (const sdk::Status status = visit(item); !status) return status;
    }
    reading.total = total_of(page);
    read += items->Size();
    ctx.progress({read, reading.total.value_or(0), "item", "", ""});
    if (items->Empty() || ending.is_at(page, items->Size())) return reading;
    if (list.identity.empty()) before = std::move((*answer)->text);
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
