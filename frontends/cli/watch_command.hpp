// `dockerhub watch ACTION...`: looks at a list again and again and shows what is new in it. How long it waits between
// two looks is decided here, so that the budget of requests lasts. Free functions and plain values; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

struct WatchOptions {
  std::chrono::milliseconds every{60'000};  // between two looks, at least; from kLeast to kMost
  std::optional<std::uint64_t> looks;       // ends after so many; nullopt: never
  bool initial = false;                     // shows what is there at the beginning, too
  bool once = false;                        // ends with the first look that shows something new

  static constexpr std::chrono::milliseconds kLeast{1000};
  static constexpr std::chrono::milliseconds kMost = std::chrono::hours(24);
};

std::vector<OptionRow> watch_option_rows();
Result<WatchOptions> watch_options(const ParsedOptions& parsed);
std::string watch_help();

// The error for a command of the program, which is no action.
Error not_watchable(std::string_view command);

// An error for an action that changes something, or is no list.
Result<void> check_watchable(const Action& action);

// The items that were seen, by the member that the row names, or as a whole where it names none.
class SeenItems {
 public:
  explicit SeenItems(std::string identity) : identity_(std::move(identity)) {}

  // True for the first time.
  bool is_new(const json::Value& item);

 private:
  std::string identity_;
  std::unordered_set<std::string> seen_;
};

// How many requests a look takes, by what is left after each: a look at all pages takes several.
class LookCost {
 public:
  // After a look; `rate_limit` as below. At least 1, also where that cannot be told.
  std::int64_t of_look(const json::Value* rate_limit);

 private:
  std::optional<std::int64_t> remaining_;
};

// The items in the data of an answer; nullptr: it has none.
const json::Value* items_in(const json::Value& data, std::string_view items_key);

// Between two looks: `every`, or longer, so that watching takes half of the requests that are left until the reset
// at most, and none where none is left. `rate_limit`: as envelopes have it, or nullptr. `now`: seconds since 1970.
// `requests`: of the next look, from 1.
std::chrono::milliseconds pause_between(std::chrono::milliseconds every,
                                        const json::Value* rate_limit, std::int64_t now,
                                        std::int64_t requests = 1);

// What a look that failed means: nullopt, it is over; else the pause before the next one. `failures`: in a row, from 1.
std::optional<std::chrono::milliseconds> pause_after(const Error& error,
                                                     std::chrono::milliseconds every,
                                                     unsigned failures);

}  // namespace dockerhub::cli
