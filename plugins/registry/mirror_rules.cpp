#include "mirror_rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "companions.hpp"
#include "hub/composed.hpp"
#include "hub/contains.hpp"
#include "hub/glob.hpp"
#include "json_text.hpp"
#include "platform.hpp"

namespace dockerhub::registry {
namespace {

constexpr rapidjson::SizeType kMostRules = 1000;

Failed wrong_rule(std::string_view where, std::string_view what) {
  return wrong_parameter(
      "config", hub::composed("{} {}", {where, what}),
      "Write `to` and `repositories`, each with `from` and, where wanted, to, tags, "
      "without, versions, newest, platforms, referrers.");
}

template <std::size_t Count>
std::optional<std::string> unknown_member(const sdk::Value& object,
                                          const std::array<std::string_view, Count>& known) {
  for (const auto& entry : object.GetObject()) {
    const std::string_view name = sdk::view(entry.name);
    if (!hub::contains(known, name)) return std::string(name);
  }
  return std::nullopt;
}

class MirrorReader {
 public:
  MirrorReader(const ConfiguredRegistry& configured, std::string_view base)
      : configured_(configured), base_(base) {}

  Checked<MirrorRule> read(const sdk::Value& value) {
    constexpr std::array<std::string_view, 8> kMembers = {
        "from", "to", "tags", "without", "versions", "newest", "platforms", "referrers"};
    if (!value.IsObject()) return wrong_rule("a repository", "is no object");
    where_ = hub::composed("the repository {}", {quoted(text_member(value, "from"))});
    if (const auto unknown = unknown_member(value, kMembers))
      return wrong_rule(where_, hub::composed("has {}, which is no rule", {quoted(*unknown)}));
    if (auto done = names(value); !done) return Failed(std::move(done).error());
    if (auto done = lists(value); !done) return Failed(std::move(done).error());
    if (auto done = limits(value); !done) return Failed(std::move(done).error());
    return std::move(rule_);
  }

 private:
  using Done = Checked<bool>;

  Done names(const sdk::Value& value) {
    rule_.from = text_member(value, "from");
    const auto source = ImageName::parse(rule_.from, configured_);
    if (!source || source->embedded) return wrong_rule(where_, "has no `from` that names one");
    rule_.to = text_member(value, "to");
    if (rule_.to.empty() && base_.empty())
      return wrong_rule(where_, "says with no `to` where it goes");
    if (rule_.to.empty()) rule_.to = hub::composed("{}/{}", {base_, source->repository});
    const auto target = ImageName::parse(rule_.to, configured_);
    if (!target || target->embedded)
      return wrong_rule(where_, "has a `to` that names no repository");
    if (target->registry == source->registry && target->repository == source->repository)
      return wrong_rule(where_, "goes to where it is");
    return true;
  }

  Done texts(const sdk::Value& value, std::string_view name, std::vector<std::string>& into) {
    const sdk::Value* list = find_member(value, name);
    if (list == nullptr) return true;
    if (!list->IsArray())
      return wrong_rule(where_, hub::composed("has {} that is no list", {quoted(name)}));
    for (const sdk::Value& text : list->GetArray()) {
      if (!text.IsString() || text.GetStringLength() == 0)
        return wrong_rule(where_,
                          hub::composed("has something in {} that is no text", {quoted(name)}));
      into.emplace_back(sdk::view(text));
    }
    return true;
  }

  Done lists(const sdk::Value& value) {
    if (auto done = texts(value, "tags", rule_.tags); !done) return done;
    if (auto done = texts(value, "without", rule_.without); !done) return done;
    if (auto done = texts(value, "platforms", rule_.platforms); !done) return done;
    for (const std::string& platform : rule_.platforms) {
      if (!Platform::parse(platform))
        return wrong_rule(where_,
                          hub::composed("has {}, which is no platform", {quoted(platform)}));
    }
    return true;
  }

  Done limits(const sdk::Value& value) {
    if (find_member(value, "versions") != nullptr) {
      rule_.versions = VersionRange::parse(text_member(value, "versions"));
      if (!rule_.versions)
        return wrong_rule(where_, "has `versions` that are no range, like \">=3.18 <4\"");
    }
    if (const sdk::Value* newest = find_member(value, "newest")) {
      if (!newest->IsUint() || newest->GetUint() == 0)
        return wrong_rule(where_, "has a `newest` that is no number from 1");
      rule_.newest = newest->GetUint();
    }
    if (const sdk::Value* referrers = find_member(value, "referrers")) {
      if (!referrers->IsBool())
        return wrong_rule(where_, "has `referrers` that are not true or false");
      rule_.referrers = referrers->GetBool();
    }
    return true;
  }

  const ConfiguredRegistry& configured_;
  std::string_view base_;
  std::string where_;
  MirrorRule rule_;
};

bool any_fits(const std::vector<std::string>& patterns, const std::string& tag) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return hub::glob_fits(pattern, tag); });
}

bool is_taken(const MirrorRule& rule, const std::string& tag) {
  if (!is_tag(tag) || is_of_digest(tag) || any_fits(rule.without, tag)) return false;
  if (!rule.tags.empty() && !any_fits(rule.tags, tag)) return false;
  if (!rule.versions) return true;
  const auto version = hub::parse_version(tag);
  return version && rule.versions->fits(*version);
}

// One spelling of a repository with its registry.
std::string place_of(const std::string& name, const ConfiguredRegistry& configured) {
  const auto image = ImageName::parse(name, configured);
  return image ? hub::composed("{}/{}", {image->registry, image->repository}) : name;
}

using Numbers = std::vector<std::uint64_t>;
struct NewerFirst {
  bool operator()(const Numbers& a, const Numbers& b) const { return compare_versions(a, b) > 0; }
};

// The `newest` versions of each variant.
using Newest = std::map<std::string, std::multiset<Numbers, NewerFirst>>;

Newest newest_of(const std::vector<std::string>& tags, std::uint64_t newest) {
  Newest kept;
  for (const std::string& tag : tags) {
    auto version = hub::parse_version(tag);
    if (!version) continue;
    auto& versions = kept[version->variant];
    versions.insert(std::move(version->numbers));
    if (versions.size() > newest) versions.erase(std::prev(versions.end()));
  }
  return kept;
}

}  // namespace

Checked<std::list<MirrorRule>> read_mirror(const sdk::Value& config,
                                           const ConfiguredRegistry& configured) {
  constexpr std::array<std::string_view, 2> kMembers = {"to", "repositories"};
  if (const auto unknown = unknown_member(config, kMembers))
    return wrong_rule("it", hub::composed("has {}, which is no rule", {quoted(*unknown)}));
  const sdk::Value* list = array_member(config, "repositories");
  if (list == nullptr || list->Empty() || list->Size() > kMostRules)
    return wrong_rule("it", "has no list of 1 to 1,000 `repositories`");
  std::string_view base = text_member(config, "to");
  while (!base.empty() && base.back() == '/') base.remove_suffix(1);
  std::list<MirrorRule> rules;
  std::set<std::string> targets;
  for (const sdk::Value& entry : list->GetArray()) {
    auto rule = MirrorReader(configured, base).read(entry);
    if (!rule) return Failed(std::move(rule).error());
    // With `prune` each would delete what the other one brought.
    if (!targets.insert(place_of(rule->to, configured)).second)
      return wrong_rule(
          hub::composed("the repository {}", {quoted(rule->from)}),
          hub::composed("goes to {}, where another one goes, too", {quoted(rule->to)}));
    rules.push_back(*std::move(rule));
  }
  return rules;
}

std::vector<std::string> mirrored_tags(const MirrorRule& rule,
                                       const std::vector<std::string>& all) {
  std::vector<std::string> taken;
  for (const std::string& tag : all) {
    if (is_taken(rule, tag)) taken.push_back(tag);
  }
  if (!rule.newest) return taken;
  const Newest kept = newest_of(taken, *rule.newest);
  const auto is_old = [&](const std::string& tag) {
    const auto version = hub::parse_version(tag);
    return version &&
           compare_versions(*kept.find(version->variant)->second.rbegin(), version->numbers) > 0;
  };
  taken.erase(std::remove_if(taken.begin(), taken.end(), is_old), taken.end());
  return taken;
}

}  // namespace dockerhub::registry
