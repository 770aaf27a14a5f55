#include "mirror_rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "companions.hpp"
#include "hub/glob.hpp"
#include "json_text.hpp"
#include "platform.hpp"

namespace dockerhub::registry {
namespace {

constexpr rapidjson::SizeType kMostRules = 1000;

Failed wrong_rule(const std::string& where, const std::string& what) {
  return wrong_parameter(
      "config", where + " " + what,
      "Write `to` and `repositories`, each with `from` and, where wanted, to, tags, "
      "without, versions, newest, platforms, referrers.");
}

template <std::size_t Count>
std::optional<std::string> unknown_member(const sdk::Value& object,
                                          const std::array<std::string_view, Count>& known) {
  for (const auto& entry : object.GetObject()) {
    const std::string_view name = sdk::view(entry.name);
    if (std::find(known.begin(), known.end(), name) == known.end()) return std::string(name);
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
    where_ = "the repository " + quoted(text_member(value, "from"));
    if (const auto unknown = unknown_member(value, kMembers))
      return wrong_rule(where_, "has " + quoted(*unknown) + ", which is no rule");
    if (auto done = names(value); !done) return Failed(done.error());
    if (auto done = lists(value); !done) return Failed(done.error());
    if (auto done = limits(value); !done) return Failed(done.error());
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
    if (rule_.to.empty()) rule_.to = std::string(base_) + "/" + source->repository;
    const auto target = ImageName::parse(rule_.to, configured_);
    if (!target || target->embedded)
      return wrong_rule(where_, "has a `to` that names no repository");
    if (target->registry == source->registry && target->repository == source->repository)
      return wrong_rule(where_, "goes to where it is");
    return true;
  }

  Done texts(const sdk::Value& value, std::string_view name, std::vector<std::string>& into) {
    const sdk::Value* list = member(value, name);
    if (list == nullptr) return true;
    if (!list->IsArray()) return wrong_rule(where_, "has " + quoted(name) + " that is no list");
    for (const sdk::Value& text : list->GetArray()) {
      if (!text.IsString() || text.GetStringLength() == 0)
        return wrong_rule(where_, "has something in " + quoted(name) + " that is no text");
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
        return wrong_rule(where_, "has " + quoted(platform) + ", which is no platform");
    }
    return true;
  }

  Done limits(const sdk::Value& value) {
    if (member(value, "versions") != nullptr) {
      rule_.versions = VersionRange::parse(text_member(value, "versions"));
      if (!rule_.versions)
        return wrong_rule(where_, "has `versions` that are no range, like \">=3.18 <4\"");
    }
    if (const sdk::Value* newest = member(value, "newest")) {
      if (!newest->IsUint() || newest->GetUint() == 0)
        return wrong_rule(where_, "has a `newest` that is no number from 1");
      rule_.newest = newest->GetUint();
    }
    if (const sdk::Value* referrers = member(value, "referrers")) {
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
  return image ? image->registry + "/" + image->repository : name;
}

using Numbers = std::vector<std::uint64_t>;

// The lowest version that is still among the `newest` of its variant; not of variants that have no more than so many.
std::map<std::string, Numbers> oldest_kept(const std::vector<std::string>& tags,
                                           std::uint64_t newest) {
  std::map<std::string, std::vector<Numbers>> versions;  // by variant
  for (const std::string& tag : tags) {
    if (auto version = hub::parse_version(tag))
      versions[version->variant].push_back(std::move(version->numbers));
  }
  std::map<std::string, Numbers> oldest;
  for (auto& [variant, all] : versions) {
    if (all.size() <= newest) continue;
    const auto last = all.begin() + static_cast<std::ptrdiff_t>(newest - 1);
    std::nth_element(all.begin(), last, all.end(),
                     [](const Numbers& a, const Numbers& b) { return compare_versions(a, b) > 0; });
    oldest.emplace(variant, *last);
  }
  return oldest;
}

}  // namespace

Checked<std::vector<MirrorRule>> read_mirror(const sdk::Value& config,
                                             const ConfiguredRegistry& configured) {
  constexpr std::array<std::string_view, 2> kMembers = {"to", "repositories"};
  if (const auto unknown = unknown_member(config, kMembers))
    return wrong_rule("it", "has " + quoted(*unknown) + ", which is no rule");
  const sdk::Value* list = array_member(config, "repositories");
  if (list == nullptr || list->Empty() || list->Size() > kMostRules)
    return wrong_rule("it", "has no list of 1 to 1,000 `repositories`");
  std::string_view base = text_member(config, "to");
  while (!base.empty() && base.back() == '/') base.remove_suffix(1);
  std::vector<MirrorRule> rules;
  std::set<std::string> targets;
  for (const sdk::Value& entry : list->GetArray()) {
    auto rule = MirrorReader(configured, base).read(entry);
    if (!rule) return Failed(rule.error());
    // With `prune` each would delete what the other one brought.
    if (!targets.insert(place_of(rule->to, configured)).second)
      return wrong_rule("the repository " + quoted(rule->from),
                        "goes to " + quoted(rule->to) + ", where another one goes, too");
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
  const std::map<std::string, Numbers> oldest = oldest_kept(taken, *rule.newest);
  const auto is_old = [&](const std::string& tag) {
    const auto version = hub::parse_version(tag);
    if (!version) return false;
    const auto least = oldest.find(version->variant);
    return least != oldest.end() && compare_versions(least->second, version->numbers) > 0;
  };
  taken.erase(std::remove_if(taken.begin(), taken.end(), is_old), taken.end());
  return taken;
}

}  // namespace dockerhub::registry
