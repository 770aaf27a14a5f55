#include "tag_listing.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/flight.hpp"
#include "hub/members.hpp"
#include "hub/rate_wait.hpp"
#include "manifest_look.hpp"
#include "tag_item.hpp"

namespace dockerhub::repos::cleanup {
namespace {

constexpr std::uint64_t kPageSize = 100;  // the most that Docker Hub gives
constexpr std::uint64_t kMostPages = 10'000;
constexpr std::size_t kPagesAtOnce = 4;
constexpr int kNoSuchPage = 404;
constexpr std::string_view kApi = "hub";  // that the list is asked of

// One reading of the list.
class Reading {
 public:
  Reading(sdk::Context& ctx, const Place& place) : ctx_(ctx), place_(place), limit_(ctx) {}

  sdk::Status run() {
    if (const sdk::Status read = read_page(1); !read) return read;
    return count_ ? read_side_by_side() : read_in_turn();
  }

  // Every page counted the same, and so many are there.
  bool is_whole() const { return !has_changed_ && (!count_ || contents_.tags.size() == *count_); }
  Contents take() { return std::move(contents_); }

 private:
  // A list without a count ends with a page that is not full.
  sdk::Status read_in_turn() {
    for (std::uint64_t page = 2; last_size_ == kPageSize && page <= kMostPages; ++page) {
      if (const sdk::Status read = read_page(page); !read) return read;
    }
    has_changed_ = has_changed_ || last_size_ == kPageSize;
    return {};
  }

  sdk::Status read_page(std::uint64_t page) {
    for (;;) {
      const auto answer = hub::send(ctx_, place_.tag_page(page, kPageSize));
      if (hub::RateWait::is_limited(answer)) {
        if (const sdk::Status waited = limit_.wait(kApi); !waited) return waited;
        continue;
      }
      return answer ? take(*answer) : answer.status();
    }
  }

  sdk::Status read_side_by_side() {
    const std::uint64_t pages = std::min((*count_ + kPageSize - 1) / kPageSize, kMostPages);
    hub::Flight flight(ctx_, kPagesAtOnce);
    std::vector<std::uint64_t> held;  // pages that the rate limit refused
    for (std::uint64_t next = 2; next <= pages || !flight.empty() || !held.empty();) {
      if (held.empty() && next <= pages && flight.has_room()) {
        flight.send(next, place_.tag_page(next, kPageSize));
        ++next;
        continue;
      }
      if (flight.empty()) {
        if (const sdk::Status waited = limit_.wait(kApi); !waited) return waited;
        for (const std::uint64_t page : std::exchange(held, {}))
          flight.send(page, place_.tag_page(page, kPageSize));
        continue;
      }
      auto landed = flight.next();
      if (!landed) return landed.status();
      if (hub::RateWait::is_limited(landed->answer)) {
        held.push_back(landed->number);
        continue;
      }
      if (!landed->answer) return landed->answer.status();
      if (const sdk::Status taken = take(*landed->answer); !taken) return taken;
    }
    return {};
  }

  sdk::Status take(const hub::Answer& answer) {
    limit_.passed();
    // The list became shorter than it was.
    if (answer.status_code == kNoSuchPage && count_) {
      has_changed_ = true;
      return {};
    }
    if (!answer.good()) {
      return hub::refuse(ctx_, answer, "GET /v2/namespaces/" + place_.name() + "/tags",
                         "Check the names and what the account may do.");
    }
    const sdk::Value* results = hub::array_member(answer.body, "results");
    if (results == nullptr) {
      return ctx_.fail("ApiError", "Docker Hub's answer has no list 'results'",
                       "Nothing was changed. hub_repos list_tags shows what the server says.");
    }
    take_count(answer.body);
    for (const sdk::Value& item : results->GetArray()) add(tag_of(item, contents_));
    last_size_ = results->Size();
    ctx_.progress({contents_.tags.size(), count_.value_or(0), "tag", "listed", ""});
    return {};
  }

  void take_count(const sdk::Value& page) {
    const sdk::Value* count = hub::member(page, "count");
    if (count == nullptr || !count->IsUint64()) return;
    has_changed_ = has_changed_ || (count_ && *count_ != count->GetUint64());
    count_ = count->GetUint64();
  }

  void add(Tag tag) {
    const auto [place, is_new] = places_.emplace(tag.name, contents_.tags.size());
    if (is_new) {
      contents_.tags.push_back(std::move(tag));
    } else if (contents_.tags[place->second].digest != tag.digest) {
      has_changed_ = true;
    }
  }

  sdk::Context& ctx_;
  const Place& place_;
  hub::RateWait limit_;
  Contents contents_;
  std::unordered_map<std::string, std::size_t> places_;  // of tags, by name
  std::optional<std::uint64_t> count_;
  std::uint64_t last_size_ = 0;
  bool has_changed_ = false;
};

}  // namespace

sdk::Reply<Listing> list_tags(sdk::Context& ctx, const Place& place) {
  constexpr int kMostReadings = 3;
  Listing listing;
  for (int i = 0; i < kMostReadings; ++i) {
    Reading reading(ctx, place);
    if (const sdk::Status read = reading.run(); !read) return read;
    listing.is_whole = reading.is_whole();
    listing.contents = reading.take();
    if (listing.is_whole) break;
  }
  if (const sdk::Status found = find_digests(ctx, place, listing.contents); !found) return found;
  return listing;
}

}  // namespace dockerhub::repos::cleanup
