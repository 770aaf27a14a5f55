#include "tag_verdicts.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "hub/glob.hpp"
#include "hub/version_tag.hpp"

namespace dockerhub::repos::cleanup {
namespace {

// Why rules about releases keep a tag; empty: they do not.
class Releases {
 public:
  Releases(const std::vector<Tag>& tags, KeepReleases keep) : keep_(keep) {
    if (keep == KeepReleases::none) return;
    for (const Tag& tag : tags) {
      if (const auto version = hub::parse_version(tag.name)) add(*version);
    }
  }

  std::string reason_to_keep(const std::string& tag) const {
    if (keep_ == KeepReleases::none) return {};
    const auto version = hub::parse_version(tag);
    if (!version || version->is_prerelease) return {};
    if (!version->is_full()) return moves_along(*version) ? "moves along with releases" : "";
    if (keep_ == KeepReleases::all) return "is a release";
    const auto latest = latest_.find(line_of(*version));
    if (latest == latest_.end() || version->numbers[2] != latest->second) return {};
    return "is the latest patch of " + std::to_string(version->numbers[0]) + "." +
           std::to_string(version->numbers[1]);
  }

 private:
  using Line = std::tuple<std::uint64_t, std::uint64_t, std::string>;  // major, minor, variant
  using Prefix = std::pair<std::vector<std::uint64_t>, std::string>;

  static Line line_of(const hub::VersionTag& version) {
    return {version.numbers[0], version.numbers[1], version.variant};
  }
  void add(const hub::VersionTag& version) {
    if (version.is_prerelease || !version.is_full()) return;
    std::uint64_t& latest = latest_[line_of(version)];
    latest = std::max(latest, version.numbers[2]);
    prefixes_.insert({{version.numbers[0]}, version.variant});
    prefixes_.insert({{version.numbers[0], version.numbers[1]}, version.variant});
  }
  bool moves_along(const hub::VersionTag& version) const {
    return prefixes_.count({version.numbers, version.variant}) > 0;
  }

  KeepReleases keep_;
  std::map<Line, std::uint64_t> latest_;
  std::set<Prefix> prefixes_;
};

// Which rule about the newest keeps each tag; nullptr: none does.
std::vector<const KeepNewest*> newest_rules(const std::vector<Tag>& tags, const Rules& rules) {
  std::vector<const KeepNewest*> kept_by(tags.size(), nullptr);
  for (const KeepNewest& rule : rules.keep_newest) {
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (hub::glob_fits(rule.pattern, tags[i].name)) fitting.push_back(i);
    }
    // What has no time may be the newest.
    const auto key = [&](std::size_t i) {
      return std::pair(-tags[i].pushed.value_or(std::numeric_limits<hub::UnixTime>::max()),
                       std::string_view(tags[i].name));
    };
    std::sort(fitting.begin(), fitting.end(),
              [&](std::size_t one, std::size_t other) { return key(one) < key(other); });
    const auto count = std::min<std::uint64_t>(rule.count, fitting.size());
    for (std::uint64_t i = 0; i < count; ++i) {
      const KeepNewest*& by = kept_by[fitting[static_cast<std::size_t>(i)]];
      if (by == nullptr) by = &rule;
    }
  }
  return kept_by;
}

std::string newest_of(const KeepNewest& rule) {
  return "the newest " + std::to_string(rule.count) + " of '" + rule.pattern + "'";
}

class Judge {
 public:
  Judge(const std::vector<Tag>& tags, const Rules& rules)
      : rules_(rules), releases_(tags, rules.keep_releases) {}

  Verdict verdict(const Tag& tag, const KeepNewest* newest) const {
    std::string kept = unsafe(tag);
    if (kept.empty() && !rules_.may_go(tag.name)) kept = "no rule takes it";
    if (kept.empty()) kept = kept_by_name(tag);
    if (kept.empty() && newest != nullptr) kept = "is one of " + newest_of(*newest);
    if (kept.empty()) kept = kept_by_age(tag);
    if (!kept.empty()) return {false, std::move(kept)};
    return {true, reason_to_go(tag)};
  }

 private:
  static std::string unsafe(const Tag& tag) {
    if (!is_tag_name(tag.name)) return "its name is none of a tag";
    if (!is_digest(tag.digest)) return "what it names is not known";
    return tag.is_immutable ? "is immutable" : "";
  }

  std::string kept_by_name(const Tag& tag) const {
    for (const std::string& pattern : rules_.keep) {
      if (hub::glob_fits(pattern, tag.name)) return "fits '" + pattern + "'";
    }
    return releases_.reason_to_keep(tag.name);
  }

  std::string kept_by_age(const Tag& tag) const {
    if (!rules_.older_than && !rules_.not_pulled_for) return {};
    if (!tag.pushed) return "when it was pushed is not known";
    if (rules_.older_than && *tag.pushed >= *rules_.older_than)
      return "was pushed since " + hub::rfc3339(*rules_.older_than);
    if (!rules_.not_pulled_for) return {};
    const std::string since = " since " + hub::rfc3339(*rules_.not_pulled_for);
    if (tag.pulled && *tag.pulled >= *rules_.not_pulled_for) return "was pulled" + since;
    if (!tag.knows_pulled) return "when it was pulled is not known";
    return *tag.pushed >= *rules_.not_pulled_for ? "was pushed" + since : "";
  }

  std::string reason_to_go(const Tag& tag) const {
    std::string reason;
    const auto add = [&](const std::string& part) {
      reason += (reason.empty() ? "" : ", ") + part;
    };
    if (rules_.older_than) add("pushed before " + hub::rfc3339(*rules_.older_than));
    if (rules_.not_pulled_for) {
      add((tag.pulled ? "not pulled since " : "never pulled, and pushed before ") +
          hub::rfc3339(*rules_.not_pulled_for));
    }
    for (const KeepNewest& rule : rules_.keep_newest) {
      if (hub::glob_fits(rule.pattern, tag.name)) add("older than " + newest_of(rule));
    }
    return reason.empty() ? "is one of `only`" : reason;
  }

  const Rules& rules_;
  Releases releases_;
};

}  // namespace

std::vector<Verdict> tag_verdicts(const std::vector<Tag>& tags, const Rules& rules) {
  const auto newest = newest_rules(tags, rules);
  const Judge judge(tags, rules);
  std::vector<Verdict> verdicts;
  verdicts.reserve(tags.size());
  for (std::size_t i = 0; i < tags.size(); ++i)
    verdicts.push_back(judge.verdict(tags[i], newest[i]));
  return verdicts;
}

}  // namespace dockerhub::repos::cleanup
