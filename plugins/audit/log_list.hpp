// The list that `logs` and following read.
#pragma once

#include "hub/pages.hpp"

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

}  // namespace dockerhub::audit
