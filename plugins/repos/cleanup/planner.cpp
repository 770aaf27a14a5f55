#include "planner.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <unordered_set>

#include "tag_verdicts.hpp"
#include "untagged.hpp"

namespace dockerhub::repos::cleanup {
namespace {

Entry entry_of(const Tag& tag, const Verdict& verdict) {
  Entry entry;
  entry.goes = verdict.goes;
  entry.tag = tag.name;
  entry.digest = tag.digest;
  entry.bytes = tag.bytes;
  entry.pushed = tag.pushed;
  entry.pulled = tag.pulled;
  entry.reason = verdict.reason;
  entry.can_come_back = verdict.goes;
  return entry;
}

// Images that a tag that stays uses, and those that only tags that go use.
void add_sizes(const Contents& contents, const std::vector<Verdict>& verdicts, Plan& plan) {
  std::vector<bool> stays(contents.images.size(), false);
  std::vector<bool> goes(contents.images.size(), false);
  for (std::size_t i = 0; i < contents.tags.size(); ++i) {
    for (const std::uint32_t place : contents.tags[i].images)
      (verdicts[i].goes ? goes : stays)[place] = true;
  }
  for (std::size_t i = 0; i < contents.images.size(); ++i) {
    if (stays[i]) plan.bytes_kept += contents.images[i].bytes;
    if (goes[i] && !stays[i]) plan.bytes_freed += contents.images[i].bytes;
  }
}

// Manifests that go: their tags cannot be put back, and those of earlier plans free what no tag counts.
void add_manifests(const Contents& contents, const std::vector<Entry>& manifests, Plan& plan) {
  std::unordered_set<std::string> going;
  std::unordered_set<std::string> listed;  // whose bytes are counted with their index
  for (const Entry& manifest : manifests) {
    if (manifest.goes) (manifest.of.empty() ? going : listed).insert(manifest.digest);
  }
  for (Entry& entry : plan.entries) {
    if (going.count(entry.digest) + listed.count(entry.digest) > 0) entry.can_come_back = false;
  }
  for (const SeenManifest& seen : contents.seen) {
    if (going.count(seen.digest) > 0 && !contents.has_image(seen.digest))
      plan.bytes_freed += seen.bytes;
  }
}

}  // namespace

Plan make_plan(const Contents& contents, const Rules& rules, hub::UnixTime now) {
  Plan plan;
  plan.made = now;
  plan.rules = rules;
  const auto verdicts = tag_verdicts(contents.tags, rules);
  std::vector<std::size_t> order(contents.tags.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return contents.tags[one].name < contents.tags[other].name;
  });
  std::vector<Entry> manifests;
  if (rules.untagged) manifests = untagged_manifests(contents, verdicts);
  plan.entries.reserve(contents.tags.size() + manifests.size());
  for (const bool goes : {true, false}) {
    for (const std::size_t i : order) {
      if (verdicts[i].goes == goes) plan.entries.push_back(entry_of(contents.tags[i], verdicts[i]));
    }
    if (goes) add_manifests(contents, manifests, plan);
    std::copy_if(manifests.begin(), manifests.end(), std::back_inserter(plan.entries),
                 [&](const Entry& manifest) { return manifest.goes == goes; });
  }
  add_sizes(contents, verdicts, plan);
  return plan;
}

}  // namespace dockerhub::repos::cleanup
