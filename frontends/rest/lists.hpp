// Which actions answer a list. Any thread.
#pragma once

#include "dockerhub/kernel.hpp"

namespace dockerhub::rest {

// Whether the kernel takes `all_pages` and `max_items` for it.
inline bool is_list(const Action& action) {
  return action.answer.kind == "items" || (action.request && !action.request->paging_json.empty());
}

}  // namespace dockerhub::rest
