// The options of the kernel in a request: _dry_run, _fields, _max_items, _all_pages. Free functions; any thread.
#pragma once

#include <string_view>

#include "dockerhub/kernel.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {

bool is_option(std::string_view name);

// From a query, where _fields separates its names by commas, and from a body. Errors (parameter).
Result<void> take_option_text(std::string_view name, std::string_view text, CallOptions& options);
Result<void> take_option(std::string_view name, const server::json::Value& value,
                         CallOptions& options);

}  // namespace dockerhub::rest
