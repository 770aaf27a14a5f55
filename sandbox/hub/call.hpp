// One request to the Hub's management API on its way to the handler, and the forms of answer that
// handlers share (Docker's "Docker HUB API", version 2-beta). A call lives as long as its request.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
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
  std::optional<Caller> caller;
  json::Document body;  // the JSON of the request, an object; null where there is none

  const std::string& value(std::string_view name) const { return values.find(name)->second; }
  std::string body_text(std::string_view name) const {
    return std::string(json::text_of(body, name));
  }
};

// {"detail", "message"}: the document has either for most statuses.
Answer hub_error(int status, std::string_view message);
// 400 that names the member which is wrong: {"errinfo", "detail", "message"} and {"fields", "text"}.
Answer hub_member_error(std::string_view member, std::string_view message);
// {"detail"} of the log-ins.
Answer hub_login_error();

// The items of one page as {"count", "next", "previous", "results"}; 400 for a page or page_size that
// is no number in its range, 404 past the end.
Answer hub_page(const HubCall& call, std::size_t count,
                const std::function<JsonText(std::size_t index)>& item);

}  // namespace dockerhub::sandbox
