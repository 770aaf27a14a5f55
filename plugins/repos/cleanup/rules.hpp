// What a clean-up may take and what it has to leave, as the caller says it and as a plan keeps it. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "hub/times.hpp"

namespace dockerhub::repos::cleanup {

// What is wrong, in words, and with which rule.
struct WrongRule {
  std::string rule, message;
};

// The newest `count` of the tags that fit the pattern.
struct KeepNewest {
  std::string pattern;
  std::uint64_t count = 0;
};

enum class KeepReleases { none, all, latest_patch };

struct Rules {
  std::vector<std::string> only;  // patterns of tags that may go; empty: see may_go()
  std::vector<std::string> keep;  // patterns
  std::vector<KeepNewest> keep_newest;
  KeepReleases keep_releases = KeepReleases::none;
  std::optional<hub::UnixTime> older_than;      // pushed before
  std::optional<hub::UnixTime> not_pulled_for;  // neither pulled nor pushed since
  bool untagged = false;

  // Whether some rule says which tags go. Rules that only keep do not.
  bool takes_tags() const;
  // Whether the tag is one of those that may go: of `only`; without it of the patterns of keep_newest where no
  // age is said; else any.
  bool may_go(std::string_view tag) const;
  // As read_rules() reads it, with times in place of ages.
  sdk::Json json() const;
};

// An object of rules: keys as the parameters of the action. Ages ("90d", also h, w, y) count back from `now`.
tl::expected<Rules, WrongRule> read_rules(const sdk::Value& object, hub::UnixTime now);

}  // namespace dockerhub::repos::cleanup
