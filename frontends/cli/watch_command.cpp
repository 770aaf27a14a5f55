#include "watch_command.hpp"

#include <algorithm>
#include <utility>

#include "global_options.hpp"

namespace dockerhub::cli {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestPause = std::chrono::hours(1);
constexpr milliseconds kLongestBackOff = std::chrono::minutes(10);
constexpr milliseconds kUsualRetry = std::chrono::minutes(1);
// Smaller numbers are seconds from now on, larger ones a time.
constexpr std::int64_t kLeastTime = 1'000'000'000;
constexpr std::int64_t kMostRequests = 1'000'000;

// A number alone is refused: it may be meant as minutes.
std::optional<milliseconds> time_of_option(std::string_view text) {
  const bool has_unit =
      !text.empty() && (text.back() == 's' || text.back() == 'm' || text.back() == 'h');
  const auto time = has_unit ? parse_duration(text) : std::nullopt;
  return time && *time <= WatchOptions::kMost ? time : std::nullopt;
}

std::optional<std::int64_t> whole_number(const json::Value* object, std::string_view name) {
  const json::Value* value = object == nullptr ? nullptr : json::find(*object, name);
  if (value == nullptr || !value->IsInt64()) return std::nullopt;
  return value->GetInt64();
}

bool is_passing(const Error& error) {
  constexpr int kServerFault = 500;
  return error.kind == ErrorKind::network || error.kind == ErrorKind::timeout ||
         error.status_code >= kServerFault;
}

}  // namespace

std::vector<OptionRow> watch_option_rows() {
  return {{"every", 0, true, {}},
          {"looks", 0, true, {}},
          {"initial", 0, false, {}},
          {"once", 0, false, {}}};
}

Result<WatchOptions> watch_options(const ParsedOptions& parsed) {
  const auto is_on = [&](std::string_view name) {
    const auto* given = parsed.find(name);
    return given != nullptr && given->back() != "false";
  };
  WatchOptions options;
  options.initial = is_on("initial");
  options.once = is_on("once");
  if (const auto* every = parsed.find("every")) {
    const auto time = time_of_option(every->back());
    if (!time || *time < WatchOptions::kLeast)
      return Failure(
          usage_error("--every: a time from 1s to 24h is needed.", "Write --every 30s."));
    options.every = *time;
  }
  if (const auto* looks = parsed.find("looks")) {
    options.looks = positive_number(looks->back());
    if (!options.looks)
      return Failure(usage_error("--looks: a number above zero is needed.", "Leave it out."));
  }
  return options;
}

std::string watch_help() {
  return "Usage: dockerhub [options] watch [option ...] <action of a list> [value ...]\n\n"
         "Looks at the list again and again and shows what is new in it, until Ctrl-C. Items are "
         "told apart by the\n"
         "member that the action names, else as a whole. It waits longer where the requests that "
         "are left would not\n"
         "last, and as long as a server says that refuses one. Without --all-pages a look is one "
         "page.\n\n"
         "Options:\n"
         "  --every TIME    between two looks, at least: 60s (from 1s)\n"
         "  --initial       show what is there at the beginning, too\n"
         "  --once          end with the first look that shows something new\n"
         "  --looks NUMBER  end after so many looks\n\n"
         "Examples:\n"
         "  dockerhub watch repos list-tags library alpine\n"
         "  dockerhub watch --every 5m audit logs acme -o ndjson\n";
}

Error not_watchable(std::string_view command) {
  return usage_error("`" + std::string(command) + "` is no action.",
                     "Watch the action of a module, like `repos list-tags`.");
}

Result<void> check_watchable(const Action& action) {
  if (action.worst_effect() != Effect::read)
    return Failure(usage_error("`" + dashed(action.name) + "` changes something.",
                               "Watch an action that only reads."));
  const bool is_list = action.answer.kind == "items" || !action.answer.items_key.empty();
  if (is_list) return {};
  return Failure(usage_error("`" + dashed(action.name) + "` answers no list.",
                             "Watch an action that lists something."));
}

bool SeenItems::is_new(const json::Value& item) {
  const json::Value* key = identity_.empty() ? nullptr : json::find(item, identity_);
  return seen_.insert(json::write(key == nullptr ? item : *key)).second;
}

const json::Value* items_in(const json::Value& data, std::string_view items_key) {
  if (data.IsArray()) return &data;
  const json::Value* items = json::find(data, items_key);
  return items != nullptr && items->IsArray() ? items : nullptr;
}

std::int64_t LookCost::of_look(const json::Value* rate_limit) {
  const auto before = std::exchange(remaining_, whole_number(rate_limit, "remaining"));
  if (!before || !remaining_) return 1;
  const auto bounded = [](std::int64_t number) {
    return std::clamp<std::int64_t>(number, 0, kMostRequests);
  };
  return std::max<std::int64_t>(1, bounded(*before) - bounded(*remaining_));
}

milliseconds pause_between(milliseconds every, const json::Value* rate_limit, std::int64_t now,
                           std::int64_t requests) {
  const auto remaining = whole_number(rate_limit, "remaining");
  const auto reset = whole_number(rate_limit, "reset");
  if (!remaining || !reset) return every;
  const std::int64_t left = *reset < kLeastTime ? *reset : *reset - now;
  if (left <= 0) return every;
  const milliseconds until = std::min<milliseconds>(
      std::chrono::seconds(std::min<std::int64_t>(left, kLeastTime)), kLongestPause);
  if (*remaining <= 0) return std::max(every, until);
  return std::max(every, std::min(until * 2 * requests / *remaining, kLongestPause));
}

std::optional<milliseconds> pause_after(const Error& error, milliseconds every, unsigned failures) {
  constexpr int kTooMany = 429;
  if (error.retry_after || error.status_code == kTooMany)
    return std::max(every, error.retry_after.value_or(kUsualRetry));
  if (!is_passing(error)) return std::nullopt;
  constexpr unsigned kMostDoublings = 10;
  const milliseconds longer = every * (1U << std::min(failures - 1, kMostDoublings));
  return std::max(every, std::min(longer, kLongestBackOff));
}

}  // namespace dockerhub::cli
