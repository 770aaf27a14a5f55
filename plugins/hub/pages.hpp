// A list of Docker Hub that comes in pages by number, read by a handler: for lists that a row cannot
// say because they are filtered or watched on this side. Only inside a call, on its thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answer.hpp"
#include "rate_wait.hpp"

namespace dockerhub::hub {

struct List {
  std::string_view path;  // template
  sdk::Json path_params;
  std::string_view items;  // key of the array in each page
  // Query beside page and page_size.
  std::vector<std::pair<std::string, std::string>> query;
  // Member that tells one item from another: one that moves to a later page meanwhile is not visited
  // again. Empty: items have none.
  std::string_view identity{};
  // Waits where the rate limit is used up and the kernel does not, then asks for that page again.
  // nullptr: it is the error of the call.
  RateWait* limit = nullptr;
};

// One page as Docker Hub gives it: what the caller said of page and page_size, nothing else.
sdk::Reply<Answer> read_page(sdk::Context& ctx, const List& list);

struct Reading {
  bool is_whole = true;                // false: there are more pages than were wanted
  std::optional<std::uint64_t> total;  // as the last page counts them
};

// Visits the items of all pages from the first, up to `most_pages`. `visit` gives a status that is not
// good to end it; that status is handed back.
using Visit = std::function<sdk::Status(const sdk::Value& item)>;
// The list ends also where page after page brings nothing new; then it is not whole. Items without
// identity are nothing new where their page is the one before once more.
sdk::Reply<Reading> read_all(sdk::Context& ctx, const List& list, const Visit& visit,
                             std::uint64_t most_pages = 10'000);

// The error of a call that must not act on members whose list is not whole.
sdk::Status endless(sdk::Context& ctx);

}  // namespace dockerhub::hub
