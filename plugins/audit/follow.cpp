#include "follow.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/members.hpp"
#include "hub/rate_wait.hpp"
#include "hub/times.hpp"
#include "log_list.hpp"

namespace dockerhub::audit {
namespace {

// Entries of one look; a log that grows faster is told with a gap rather than read for ever.
constexpr std::uint64_t kPagesOfALook = 20;
// Each look begins so many seconds before the last entry told: entries may become visible out of order.
constexpr hub::UnixTime kOverlap = 60;

struct Entry {
  std::string timestamp, json;
};

class Follower {
 public:
  explicit Follower(sdk::Context& ctx)
      : ctx_(ctx), list_(log_list(ctx)), from_(time_of(ctx, "from_date")) {
    if (from_.empty()) from_ = hub::rfc3339(hub::unix_now());
    last_ = hub::unix_time(from_);
    if (ctx_.params().has("to_date")) list_.query.emplace_back("to", time_of(ctx_, "to_date"));
  }

  sdk::Status look() {
    hub::List list = list_;
    list.limit = &limit_;
    list.query.emplace_back("from", from_);
    std::vector<Entry> news;
    const auto whole = hub::read_all(
        ctx_, list,
        [&](const sdk::Value& entry) {
          take(entry, news);
          return sdk::Status();
        },
        kPagesOfALook);
    if (!whole) return whole.status();
    if (!whole->is_whole) tell_gap();
    return tell(std::move(news));
  }

 private:
  void take(const sdk::Value& entry, std::vector<Entry>& news) const {
    std::string json = sdk::Json(entry).text();
    if (told_.count(json) == 0)
      news.push_back({std::string(hub::text_member(entry, "timestamp")), std::move(json)});
  }

  // Where the window of the next look begins: never before the first one's.
  void move_on() {
    const auto from = hub::unix_time(from_);
    if (!last_ || !from || *last_ - kOverlap <= *from) return;
    from_ = hub::rfc3339(*last_ - kOverlap);
    std::erase_if(told_, [&](const auto& told) {
      const auto time = hub::unix_time(told.second);
      return !time || *time < *last_ - kOverlap;
    });
  }

  void tell_gap() {
    constexpr std::string_view kGap =
        "More entries came at once than one look reads: some may be missing; read that time again.";
    ctx_.tell(sdk::Level::warning, kGap);
    if (!has_gap_) ctx_.warn(kGap);
    has_gap_ = true;
  }

  // The oldest first. Pages that move while they are read have an entry twice.
  sdk::Status tell(std::vector<Entry> news) {
    std::stable_sort(news.begin(), news.end(),
                     [](const Entry& a, const Entry& b) { return a.timestamp < b.timestamp; });
    for (Entry& entry : news) {
      if (told_.count(entry.json) != 0) continue;
      if (const sdk::Status sent = ctx_.item(sdk::Json::raw(entry.json)); !sent) return sent;
      if (++count_ == most_) return DH_E_RECEIVER;
      last_ = std::max(last_, hub::unix_time(entry.timestamp));
      told_.emplace(std::move(entry.json), entry.timestamp);
    }
    move_on();
    return {};
  }

  sdk::Context& ctx_;
  hub::RateWait limit_{ctx_};
  hub::List list_;
  std::string from_;                         // where a look begins
  std::optional<hub::UnixTime> last_;        // time of the newest entry told
  std::map<std::string, std::string> told_;  // entries that can come again, with their times
  bool has_gap_ = false;
  // Nobody waits for an entry that is not wanted any more.
  std::uint64_t count_ = 0;
  std::optional<std::uint64_t> most_ = ctx_.list_options().max_items;
};

}  // namespace

sdk::Status follow(sdk::Context& ctx) {
  const std::chrono::seconds interval(ctx.params().integer("interval"));
  Follower follower(ctx);
  while (true) {
    if (const sdk::Status looked = follower.look(); !looked) return hub::end_list(ctx, looked);
    if (const sdk::Status waited = ctx.pause(interval); !waited) return waited;
  }
}

}  // namespace dockerhub::audit
