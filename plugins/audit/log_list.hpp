// The list that `logs` and following read.
#pragma once

#include <string>
#include <string_view>

#include "hub/pages.hpp"
#include "hub/times.hpp"

namespace dockerhub::audit {

// With the filters of the call but its times.
inline hub::List log_list(sdk::Context& ctx) {
  hub::List list{
      "/v2/auditlogs/{account}", sdk::Json{{"account", ctx.params().text("account")}}, "logs", {}};
  for (const char* name : {"action", "name", "actor"}) {
    if (ctx.params().has(name)) list.query.emplace_back(name, ctx.params().text(name));
  }
  return list;
}

// One of the call's times as the log takes it, an age as the time so long ago; empty where it is not given.
inline std::string time_of(sdk::Context& ctx, std::string_view parameter) {
  const std::string_view text = ctx.params().text(parameter, {});
  const auto ago = hub::time_ago(text, hub::unix_now());
  return ago ? hub::rfc3339(*ago) : std::string(text);
}

}  // namespace dockerhub::audit
