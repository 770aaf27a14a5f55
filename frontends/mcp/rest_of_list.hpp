// How a model gets what was cut off a list: parameters of the same action that begin where the answer
// ended. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// Of an action's data the list that is its row's own items (data itself, or the member that the row names), as
// `fields` takes it; nullptr: there is none.
const json::Value* row_items(const Action& action, const json::Value& data);

// The same, where parameters of the action lead to what follows: it is read in pages by a request of its row, or
// by `last`. Lists that a handler filters or puts together are none.
const json::Value* paged_items(const Action& action, const json::Value& data);

// list: of paged_items. The parameters as a JSON object; empty: none of this action lead there. shown: how many of the list's items
// the answer has, at least one. Nothing is left out; where pages do not begin just there, a few items come
// twice.
std::string rest_of_list(const Action& action, std::string_view params, const json::Value& list,
                         std::size_t shown);

}  // namespace dockerhub::mcp
