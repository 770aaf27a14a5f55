// One request to the Hub's management API on its way to the handler, and the forms of answer that
// handlers share (Docker's "Docker HUB API", version 2-beta). A call lives as long as its request.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/json.hpp"
#include "encoding/query.hpp"
#include "exchange/message.hpp"
#include "exchange/routes.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

struct HubCall {
  World& world;
  const Request& request;
  PathValues values;
  Query query;
  std::optional<Caller> caller = std::nullopt;
  Organization* organization =
      nullptr;  // that the path or the bearer names, where a row asks for one
  json::Document body = json::Document();  // of the request, an object; null where there is none

  const std::string& value(std::string_view name) const { return values.find(name)->second; }
  std::string body_text(std::string_view name) const {
    return std::string(json::text_of(body, name));
  }
  // Null counts as absent.
  bool body_has(std::string_view name) const;
  // nullopt: absent, or of another type.
  std::optional<bool> body_flag(std::string_view name) const;
  std::optional<std::vector<std::string>> body_texts(std::string_view name) const;

  // Writes an event of the audit log, of this caller.
  void note(std::string_view account, std::string_view action, std::string_view name,
            std::vector<std::pair<std::string, std::string>> data = {}) const;
};

// {"detail", "message"}: the document has either for most statuses.
Answer hub_error(int status, std::string_view message);
// 400 that names the member which is wrong: {"errinfo", "detail", "message"} and {"fields", "text"}.
Answer hub_member_error(std::string_view member, std::string_view message);
// {"detail"} of the log-ins.
Answer hub_login_error();

// What the pages of an operation are like.
struct PageForm {
  std::string_view count = "count";         // the member with the number of all items
  bool past_the_end_is_404 = true;          // otherwise an empty page
  std::vector<JsonText::Member> more = {};  // further members of the page
};

// The items of one page as {"count", "next", "previous", "results"}; 400 for a page or page_size that
// is no number in its range. The links keep the other parameters of the request.
Answer hub_page(const HubCall& call, std::size_t count,
                const std::function<JsonText(std::size_t index)>& item, const PageForm& form = {});

// The number that a parameter has to be, from 1 to `most`; nullopt: it is not.
std::optional<std::int64_t> bounded(const Query& query, std::string_view name,
                                    std::int64_t fallback, std::int64_t most);

}  // namespace dockerhub::sandbox
