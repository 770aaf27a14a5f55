// What both eras say alike of lists and of too much work. Free functions; any thread.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "message.hpp"

namespace dockerhub::mcp {

inline constexpr std::string_view kTooMany =
    "too many requests are running: repeat this one when another has ended";

// All lists fit on one page, so no cursor was ever given out.
tl::expected<void, RpcError> check_cursor(const Message& request);

}  // namespace dockerhub::mcp
