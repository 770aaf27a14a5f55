#include "hub/call.hpp"

#include <algorithm>

namespace dockerhub::sandbox {
namespace {

constexpr std::int64_t kPageSize = 10;
constexpr std::int64_t kMostPageSize = 100;
constexpr std::int64_t kMostPage = 1'000'000;

std::string page_url(const HubCall& call, std::int64_t page, std::int64_t size) {
  std::string url = call.request.origin + call.request.path + '?';
  for (const auto& [name, value] : call.query.parameters()) {
    if (name != "page" && name != "page_size")
      url += percent_encode(name) + '=' + percent_encode(value) + '&';
  }
  return url + "page=" + std::to_string(page) + "&page_size=" + std::to_string(size);
}

}  // namespace

bool HubCall::body_has(std::string_view name) const {
  const json::Value* value = json::find(body, name);
  return value != nullptr && !value->IsNull();
}

std::optional<bool> HubCall::body_flag(std::string_view name) const {
  const json::Value* value = json::find(body, name);
  if (value == nullptr || !value->IsBool()) return std::nullopt;
  return value->GetBool();
}

std::optional<std::vector<std::string>> HubCall::body_texts(std::string_view name) const {
  const json::Value* value = json::find(body, name);
  if (value == nullptr || !value->IsArray()) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& element : value->GetArray()) {
    if (!element.IsString()) return std::nullopt;
    texts.emplace_back(json::view(element));
  }
  return texts;
}

void HubCall::note(std::string_view account, std::string_view action, std::string_view name,
                   std::vector<std::pair<std::string, std::string>> data) const {
  world.audit.add({std::string(account), std::string(action), std::string(name),
                   caller ? caller->account : std::string("scim"), std::move(data)});
}

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

std::optional<std::int64_t> bounded(const Query& query, std::string_view name,
                                    std::int64_t fallback, std::int64_t most) {
  const auto text = query.value(name);
  if (!text) return fallback;
  const auto number = to_number(*text);
  if (!number || *number < 1 || *number > most) return std::nullopt;
  return number;
}

Answer hub_page(const HubCall& call, std::size_t count,
                const std::function<JsonText(std::size_t index)>& item, const PageForm& form) {
  const auto size = bounded(call.query, "page_size", kPageSize, kMostPageSize);
  if (!size) return hub_member_error("page_size", "page_size has to be a number from 1 to 100");
  const auto page = bounded(call.query, "page", 1, kMostPage);
  if (!page) return hub_member_error("page", "page has to be a number, 1 or more");
  const auto total = static_cast<std::int64_t>(count);
  const std::int64_t first = std::min((*page - 1) * *size, total);
  if (*page > 1 && first == total && form.past_the_end_is_404)
    return hub_error(404, "Page not found");
  const std::int64_t last = std::min(first + *size, total);

  std::vector<JsonText> items;
  for (std::int64_t i = first; i < last; ++i) items.push_back(item(static_cast<std::size_t>(i)));
  JsonText next = nullptr;
  if (last < total) next = page_url(call, *page + 1, *size);
  JsonText previous = nullptr;
  if (*page > 1) previous = page_url(call, *page - 1, *size);
  std::vector<JsonText::Member> members = {
      {form.count, count}, {"next", next}, {"previous", previous}};
  members.insert(members.end(), form.more.begin(), form.more.end());
  members.push_back({"results", JsonText::array(items)});
  return json_answer(200, JsonText::object(members));
}

}  // namespace dockerhub::sandbox
