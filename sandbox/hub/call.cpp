#include "hub/call.hpp"

#include <algorithm>
#include <cstdint>

namespace dockerhub::sandbox {
namespace {

constexpr std::int64_t kPageSize = 10;
constexpr std::int64_t kMostPageSize = 100;
constexpr std::int64_t kMostPage = 1'000'000;

// nullopt: not a number in 1..most.
std::optional<std::int64_t> bounded(const Query& query, std::string_view name,
                                    std::int64_t fallback, std::int64_t most) {
  const auto text = query.value(name);
  if (!text) return fallback;
  const auto number = to_number(*text);
  if (!number || *number < 1 || *number > most) return std::nullopt;
  return number;
}

// The URL of another page: the request's, with its other parameters kept.
std::string page_url(const HubCall& call, std::int64_t page, std::int64_t size) {
  std::string url = call.request.origin + call.request.path + '?';
  for (const std::string_view name : {"name", "ordering"}) {
    if (const auto value = call.query.value(name))
      url += std::string(name) + '=' + percent_encode(*value) + '&';
  }
  return url + "page=" + std::to_string(page) + "&page_size=" + std::to_string(size);
}

}  // namespace

Answer hub_error(int status, std::string_view message) {
  return json_answer(status, JsonText::object({{"detail", message}, {"message", message}}));
}

Answer hub_member_error(std::string_view member, std::string_view message) {
  const JsonText fields = JsonText::object({{member, JsonText::array({message})}});
  return json_answer(400, JsonText::object({{"errinfo", fields},
                                            {"fields", fields},
                                            {"detail", message},
                                            {"message", message},
                                            {"text", message}}));
}

Answer hub_login_error() {
  return json_answer(401, JsonText::object({{"detail", "Incorrect authentication credentials"}}));
}

Answer hub_page(const HubCall& call, std::size_t count,
                const std::function<JsonText(std::size_t index)>& item) {
  const auto size = bounded(call.query, "page_size", kPageSize, kMostPageSize);
  if (!size) return hub_member_error("page_size", "page_size has to be a number from 1 to 100");
  const auto page = bounded(call.query, "page", 1, kMostPage);
  if (!page) return hub_member_error("page", "page has to be a number, 1 or more");
  const auto total = static_cast<std::int64_t>(count);
  const std::int64_t first = (*page - 1) * *size;
  if (*page > 1 && first >= total) return hub_error(404, "Page not found");
  const std::int64_t last = std::min(first + *size, total);

  std::vector<JsonText> items;
  for (std::int64_t i = first; i < last; ++i) items.push_back(item(static_cast<std::size_t>(i)));
  JsonText next = nullptr;
  if (last < total) next = page_url(call, *page + 1, *size);
  JsonText previous = nullptr;
  if (*page > 1) previous = page_url(call, *page - 1, *size);
  return json_answer(200, JsonText::object({{"count", count},
                                            {"next", next},
                                            {"previous", previous},
                                            {"results", JsonText::array(items)}}));
}

}  // namespace dockerhub::sandbox
