#include "sibling_tags.hpp"

#include <chrono>
#include <iterator>
#include <list>
#include <utility>

#include "status_codes.hpp"
#include "tag_pages.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostTags = 1000;
constexpr std::size_t kAtOnce = 8;
// The kernel ends an exchange long before; this only keeps a wait from being endless.
constexpr std::chrono::minutes kLongestLook{10};

// Asks for the digests of many tags, several at once.
class TagSurvey {
 public:
  TagSurvey(Client& client, const DigestName& digest, const std::vector<std::string>& tags)
      : client_(client), digest_(digest), tags_(tags), matches_(tags.size(), false) {}

  sdk::Status run() {
    while (next_ < tags_.size() || !running_.empty()) {
      const bool has_room = running_.size() < kAtOnce && next_ < tags_.size();
      if (const sdk::Status done = has_room ? begin() : end_one(); !done) return done;
    }
    return {};
  }
  std::vector<std::string> matching() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      if (matches_[i]) names.push_back(tags_[i]);
    }
    return names;
  }

 private:
  struct Running {
    std::size_t tag;
    sdk::Exchange exchange;
  };

  RequestParts head_of(std::size_t tag) const {
    return {"HEAD", manifests(Reference::of_tag(tags_[tag])), kManifestTypes};
  }
  sdk::Status begin() {
    auto exchange = client_.open(head_of(next_));
    if (!exchange) return exchange.status();
    running_.push_back({next_++, *std::move(exchange)});
    return {};
  }
  sdk::Status end_one() {
    std::vector<const sdk::Exchange*> exchanges;
    for (const Running& running : running_) exchanges.push_back(&running.exchange);
    const auto ready = client_.context().http().wait(exchanges, kLongestLook);
    if (!ready) return ready.status();
    const auto ended = std::next(running_.begin(), static_cast<std::ptrdiff_t>(*ready));
    Running done = std::move(*ended);
    running_.erase(ended);
    auto head = client_.finish(std::move(done.exchange), head_of(done.tag));
    if (!head) return head.status();
    // A tag that went in the meantime.
    if (head->status_code == kNotFound) return {};
    if (!head->good()) return client_.reject(*head);
    const auto digest = client_.digest_of(*head, Reference::of_tag(tags_[done.tag]));
    if (!digest) return digest.status();
    matches_[done.tag] = *digest == digest_;
    return {};
  }

  Client& client_;
  const DigestName& digest_;
  const std::vector<std::string>& tags_;
  std::vector<bool> matches_;
  std::list<Running> running_;
  std::size_t next_ = 0;
};

struct Names {
  std::vector<std::string> tags;
  bool is_complete = false;
};

sdk::Reply<Names> other_names(Client& client, const std::string& tag) {
  Names names;
  auto pages = TagPages::open(client, std::nullopt, {});
  if (!pages) return pages.status();
  // A list without the tag that was just looked at is an old one, or only a part.
  bool has_tag = false;
  for (bool goes_on = true; goes_on;) {
    for (const std::string& name : pages->tags()) {
      has_tag = has_tag || name == tag;
      if (name == tag || !is_tag(name)) continue;
      if (names.tags.size() == kMostTags) return names;
      names.tags.push_back(name);
    }
    const auto more = pages->advance();
    if (!more) return more.status();
    goes_on = *more;
  }
  names.is_complete = has_tag && pages->is_complete();
  return names;
}

}  // namespace

sdk::Reply<SiblingTags> sibling_tags(Client& client, const DigestName& digest,
                                     const std::string& tag) {
  const auto names = other_names(client, tag);
  // The reason stands on the call until the call ends well, or with another one.
  if (names.status().value() == DH_E_FAILED) return SiblingTags{{}, false};
  if (!names) return names.status();
  TagSurvey survey(client, digest, names->tags);
  if (const sdk::Status done = survey.run(); !done) return done;
  return SiblingTags{survey.matching(), names->is_complete};
}

}  // namespace dockerhub::registry
