// Lists in pages, and what both eras say alike of too much work. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "message.hpp"
#include "reply.hpp"

namespace dockerhub::mcp {

inline constexpr std::string_view kTooMany =
    "too many requests are running: repeat this one when another has ended";

// The page that a request asks for of a list. list: the whole result, an object whose only member is the array of
// the rows, in a stable order; rows: of a page, from 1. Without a cursor, or with an empty one, it is the
// first page. A cursor belongs to the list as it was: one of another list, or of one that has changed since, is
// an error (-32602), since rows would be missed or come twice.
Reply page_of(std::string list, const Message& request, std::size_t rows);

}  // namespace dockerhub::mcp
