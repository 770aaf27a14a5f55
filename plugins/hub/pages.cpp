#include "pages.hpp"

#include "members.hpp"

namespace dockerhub::hub {
namespace {

constexpr std::uint64_t kPageSize = 100;  // the most that Docker Hub's lists give

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

sdk::Status no_list(sdk::Context& ctx, std::string_view key) {
  const std::string message = "the answer has no list '" + std::string(key) + "'";
  return ctx.fail("ApiError", message, "Ask for a single page to see what the server says.");
}

bool says_it_is_the_last(const sdk::Value& page) {
  if (!page.HasMember("next")) return false;
  const sdk::Value& next = page["next"];
  return !next.IsString() || next.GetStringLength() == 0;
}

}  // namespace

sdk::Reply<Answer> read_page(sdk::Context& ctx, const List& list) {
  std::vector<std::pair<std::string, std::string>> paging;
  for (const char* name : {"page", "page_size"}) {
    if (ctx.params().has(name)) paging.emplace_back(name, std::to_string(ctx.params().integer(name)));
  }
  return ask(ctx, page_request(list, query_of(list, std::move(paging))));
}

sdk::Reply<bool> read_all(sdk::Context& ctx, const List& list, const Visit& visit,
                          std::uint64_t most_pages) {
  const auto size =
      static_cast<std::uint64_t>(ctx.params().integer("page_size", std::int64_t{kPageSize}));
  const auto first = static_cast<std::uint64_t>(ctx.params().integer("page", 1));
  for (std::uint64_t page = first; page < first + most_pages; ++page) {
    const auto answer = ask(ctx, page_request(list, query_of(list, {{"page", std::to_string(page)},
                                                                    {"page_size",
                                                                     std::to_string(size)}})));
    if (!answer) return answer.status();
    const sdk::Value* items = array_member(answer->body, list.items);
    if (items == nullptr) return no_list(ctx, list.items);
    for (const sdk::Value& item : items->GetArray()) {
      if (const sdk::Status status = visit(item); !status) return status;
    }
    if (items->Size() < size || says_it_is_the_last(answer->body)) return true;
  }
  return false;
}

}  // namespace dockerhub::hub
