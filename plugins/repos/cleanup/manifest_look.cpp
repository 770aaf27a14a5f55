#include "manifest_look.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/flight.hpp"
#include "hub/members.hpp"
#include "hub/rate_wait.hpp"
#include "tag_item.hpp"

namespace dockerhub::repos::cleanup {
namespace {

constexpr std::size_t kLooksAtOnce = 8;
constexpr std::string_view kRegistry = "registry";  // the API that is asked

struct Look {
  std::string reference;  // a tag or a digest
  std::string digest{};   // empty: the registry does not tell
  bool is_there = false;
  bool is_away = false;
  bool lists_known = false;  // what it lists
  std::vector<std::string> lists{};
};

std::string header(std::string_view headers, std::string_view name) {
  const auto document = sdk::parse_json(headers);
  return document ? std::string(hub::text_member(*document, name)) : std::string();
}

std::string bare_type(const std::string& content_type) {
  const std::string type = content_type.substr(0, content_type.find(';'));
  return type.substr(0, type.find_last_not_of(' ') + 1);
}

sdk::Reply<std::string> digest_of(sdk::Context& ctx, std::string_view algorithm,
                                  std::string_view bytes) {
  auto digest = ctx.digest(algorithm);
  if (!digest) return digest.status();
  if (const sdk::Status updated = digest->update(bytes); !updated) return updated;
  return digest->finish();
}

// Looks at many manifests, several at once. What fails is not known; only the end of the call is an error. A
// rate limit is waited for; where that takes too long, what is left is not known, and nothing more is asked.
class Looks {
 public:
  Looks(sdk::Context& ctx, const Place& place, std::vector<Look>& looks)
      : ctx_(ctx), place_(place), looks_(looks), flight_(ctx, kLooksAtOnce), limit_(ctx) {}

  sdk::Status heads() {
    return run(
        "HEAD", [](const Look&) { return true; },
        [](Look& look, const hub::Answer& answer) { return take_head(look, answer); });
  }
  // Of those that are indexes, what they list.
  sdk::Status indexes() {
    return run(
        "GET", [](const Look& look) { return look.is_there && !look.lists_known; },
        [this](Look& look, const hub::Answer& answer) { return take_index(look, answer); });
  }

 private:
  template <typename Wanted, typename Take>
  sdk::Status run(std::string_view method, const Wanted& wanted, const Take& take) {
    if (has_given_up_) return {};
    for (std::size_t next = 0; next < looks_.size() || !flight_.empty() || !held_.empty();) {
      if (held_.empty() && next < looks_.size() && flight_.has_room()) {
        if (wanted(looks_[next])) send(method, next);
        ++next;
        continue;
      }
      if (flight_.empty()) {
        const auto goes_on = wait_for_limit(method);
        if (!goes_on) return goes_on.status();
        if (!*goes_on) return {};
        continue;
      }
      auto landed = flight_.next();
      if (!landed) return landed.status();
      if (const sdk::Status taken = land(*landed, take); !taken) return taken;
    }
    return {};
  }

  void send(std::string_view method, std::size_t number) {
    flight_.send(number, place_.manifest(method, looks_[number].reference));
  }

  template <typename Take>
  sdk::Status land(const hub::Flight::Landed& landed, const Take& take) {
    if (hub::RateWait::is_limited(landed.answer)) {
      held_.push_back(landed.number);
      return {};
    }
    if (!landed.answer && hub::ends_call(ctx_, landed.answer.status()))
      return landed.answer.status();
    limit_.passed();
    return landed.answer ? take(looks_[landed.number], *landed.answer) : sdk::Status();
  }

  // False: that would take longer than there is time.
  sdk::Reply<bool> wait_for_limit(std::string_view method) {
    const std::vector<std::size_t> held = std::exchange(held_, {});
    const auto waited = limit_.wait_if_short(kRegistry);
    if (!waited) return waited.status();
    if (!*waited) {
      has_given_up_ = true;
      ctx_.warn(
          "The rate limit of Docker's registry is used up for longer than this call waits: what it "
          "was not asked for is not known.");
      return false;
    }
    for (const std::size_t number : held) send(method, number);
    return true;
  }

  static sdk::Status take_head(Look& look, const hub::Answer& answer) {
    constexpr int kGone = 404;
    look.is_away = answer.status_code == kGone;
    if (!answer.good()) return {};
    look.is_there = true;
    look.digest = digest_header(answer.headers);
    look.lists_known = !is_index_type(bare_type(header(answer.headers, "content-type")));
    return {};
  }

  sdk::Status take_index(Look& look, const hub::Answer& answer) const {
    const sdk::Value* entries = hub::array_member(answer.body, "manifests");
    if (!answer.good() || entries == nullptr || look.digest.empty()) return {};
    const std::string_view digest = look.digest;
    const auto computed = digest_of(ctx_, digest.substr(0, digest.find(':')), answer.text);
    if (!computed) return computed.status();
    if (*computed != digest) return {};
    look.lists_known = true;
    for (const sdk::Value& entry : entries->GetArray()) {
      // What an index within an index lists is not looked for.
      if (is_index_type(hub::text_member(entry, "mediaType"))) look.lists_known = false;
      look.lists.emplace_back(hub::text_member(entry, "digest"));
    }
    return {};
  }

  sdk::Context& ctx_;
  const Place& place_;
  std::vector<Look>& looks_;
  hub::Flight flight_;
  hub::RateWait limit_;
  std::vector<std::size_t> held_;  // looks that the rate limit refused
  bool has_given_up_ = false;
};

// Tags of this kind, and their places.
template <typename Wanted>
std::vector<std::size_t> places_of(const Contents& contents, const Wanted& wanted) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < contents.tags.size(); ++i) {
    if (is_tag_name(contents.tags[i].name) && wanted(contents.tags[i])) places.push_back(i);
  }
  return places;
}

}  // namespace

std::string digest_header(std::string_view headers) {
  std::string digest = header(headers, "docker-content-digest");
  return is_digest(digest) ? digest : std::string();
}

sdk::Status find_digests(sdk::Context& ctx, const Place& place, Contents& contents) {
  const auto places = places_of(contents, [](const Tag& tag) { return tag.digest.empty(); });
  std::vector<Look> looks;
  looks.reserve(places.size());
  for (const std::size_t i : places) looks.push_back({contents.tags[i].name});
  if (const sdk::Status looked = Looks(ctx, place, looks).heads(); !looked) return looked;
  for (std::size_t i = 0; i < places.size(); ++i) contents.tags[places[i]].digest = looks[i].digest;
  return {};
}

sdk::Status find_images(sdk::Context& ctx, const Place& place, Contents& contents) {
  const auto places =
      places_of(contents, [](const Tag& tag) { return !tag.lists_images && !tag.digest.empty(); });
  std::vector<Look> looks;
  looks.reserve(places.size());
  for (const std::size_t i : places) looks.push_back({contents.tags[i].digest});
  Looks all(ctx, place, looks);
  if (const sdk::Status looked = all.heads(); !looked) return looked;
  if (const sdk::Status looked = all.indexes(); !looked) return looked;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Tag& tag = contents.tags[places[i]];
    tag.lists_images = looks[i].lists_known;
    for (const std::string& digest : looks[i].lists) {
      if (is_digest(digest)) tag.images.push_back(contents.image(digest, 0));
    }
  }
  return {};
}

sdk::Reply<std::size_t> find_seen(sdk::Context& ctx, const Place& place, const Plan& earlier,
                                  Contents& contents) {
  std::unordered_set<std::string> named;
  for (const Tag& tag : contents.tags) named.insert(tag.digest);
  std::unordered_map<std::string, std::uint64_t> bytes;
  std::vector<Look> looks;
  for (const Entry& entry : earlier.entries) {
    if (!is_digest(entry.digest) || named.count(entry.digest) > 0) continue;
    if (bytes.emplace(entry.digest, entry.bytes).second) looks.push_back({entry.digest});
  }
  Looks all(ctx, place, looks);
  if (const sdk::Status looked = all.heads(); !looked) return looked;
  if (const sdk::Status looked = all.indexes(); !looked) return looked;
  std::size_t unknown = 0;
  for (Look& look : looks) {
    if (look.is_there && look.lists_known) {
      contents.seen.push_back({look.reference, bytes.at(look.reference), std::move(look.lists)});
    } else if (!look.is_away) {
      ++unknown;
      if (contents.unread.empty()) contents.unread = look.reference;
    }
  }
  return unknown;
}

}  // namespace dockerhub::repos::cleanup
