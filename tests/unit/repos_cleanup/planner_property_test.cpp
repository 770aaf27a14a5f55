// Whatever the repository and the rules are: nothing that a tag that stays uses ever goes, however far the plan
// is carried out. Random repositories; a failure prints the seed that repeats it (RC_PARAMS).
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "hub/glob.hpp"
#include "repos/cleanup/planner.hpp"
#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::digest;
using test::kDay;
using test::kNow;

constexpr int kDigests = 12;  // few, so that much is shared

// What the registry really holds: manifests, and what indexes list.
using Registry = std::map<std::string, std::set<std::string>>;

struct World {
  test::Repository repository;
  Registry registry;
};

// Indexes list digests above their own, so that no index lists itself.
std::vector<int> children_of(int number) {
  std::vector<int> children;
  for (int child = kDigests / 2; child < kDigests && number < kDigests / 2; ++child) {
    if (*rc::gen::arbitrary<bool>()) children.push_back(child);
  }
  return children;
}

World world() {
  World made;
  std::map<int, std::vector<int>> lists;
  for (int number = 0; number < kDigests; ++number) {
    lists[number] = children_of(number);
    for (const int child : lists[number]) made.registry[digest(number)].insert(digest(child));
    made.registry[digest(number)];
  }
  const int tags = *rc::gen::inRange(0, 12);
  for (int i = 0; i < tags; ++i) {
    const std::string name =
        *rc::gen::element<std::string>("v1.0.", "1.2.", "nightly-", "x") + std::to_string(i);
    const int number = *rc::gen::inRange(0, kDigests);
    const int age = *rc::gen::inRange(0, 100);
    Tag& tag = lists[number].empty() ? made.repository.image(name, number, age)
                                     : made.repository.index(name, number, age, lists[number]);
    if (*rc::gen::arbitrary<bool>()) tag.pulled = kNow - *rc::gen::inRange(0, 100) * kDay;
    tag.is_immutable = *rc::gen::inRange(0, 8) == 0;
    // What is not told of it is still there.
    if (*rc::gen::inRange(0, 12) == 0) {
      tag.images.clear();
      tag.lists_images = false;
    }
    if (*rc::gen::inRange(0, 12) == 0) tag.pushed.reset();
  }
  const int seen = *rc::gen::inRange(0, 6);
  for (int i = 0; i < seen; ++i) {
    const int number = *rc::gen::inRange(0, kDigests);
    made.repository.seen(number, lists[number]);
  }
  return made;
}

Rules rules() {
  Rules made;
  if (*rc::gen::arbitrary<bool>())
    made.only = {*rc::gen::element<std::string>("*", "v*", "nightly-*")};
  if (*rc::gen::arbitrary<bool>()) made.keep = {*rc::gen::element<std::string>("*1", "x?", "v*")};
  if (*rc::gen::arbitrary<bool>())
    made.keep_newest = {{*rc::gen::element<std::string>("*", "nightly-*", "v*"),
                         static_cast<std::uint64_t>(*rc::gen::inRange(0, 4))}};
  made.keep_releases =
      *rc::gen::element(KeepReleases::none, KeepReleases::all, KeepReleases::latest_patch);
  if (*rc::gen::arbitrary<bool>()) made.older_than = kNow - *rc::gen::inRange(0, 100) * kDay;
  if (*rc::gen::arbitrary<bool>()) made.not_pulled_for = kNow - *rc::gen::inRange(0, 100) * kDay;
  made.untagged = *rc::gen::inRange(0, 4) != 0;
  return made;
}

bool uses(const Registry& registry, const Tag& tag, const std::string& manifest) {
  return tag.digest == manifest || registry.at(tag.digest).count(manifest) > 0;
}

RC_GTEST_PROP(Plan, NeverTakesWhatATagThatStaysUses, ()) {
  const World made = world();
  test::Repository repository = made.repository;
  const std::vector<Tag>& tags = repository.contents().tags;
  const Plan plan = make_plan(repository.contents(), rules(), kNow);
  std::set<std::string> staying;
  for (const Entry& entry : plan.entries) {
    if (entry.is_tag() && !entry.goes) staying.insert(entry.tag);
  }
  std::set<std::string> manifests;
  for (const Entry& entry : plan.entries) {
    if (!entry.goes || entry.is_tag()) continue;
    manifests.insert(entry.digest);
    for (const Tag& tag : tags)
      RC_ASSERT(staying.count(tag.name) == 0 || !uses(made.registry, tag, entry.digest));
  }
  RC_CLASSIFY(!manifests.empty(), "manifests go");
  RC_CLASSIFY(plan.tags_that_go() > 0, "tags go");
}

// A registry refuses a manifest that a tag or an index still refers to: of what the plan knows, none is in
// the way.
RC_GTEST_PROP(Plan, TakesIndexesBeforeWhatTheyList, ()) {
  const World made = world();
  test::Repository repository = made.repository;
  const Plan plan = make_plan(repository.contents(), rules(), kNow);
  std::set<std::string> gone;
  for (const Entry& entry : plan.entries) {
    if (!entry.goes || entry.is_tag()) continue;
    for (const std::string& index : entry.of) RC_ASSERT(gone.count(index) > 0);
    RC_ASSERT(gone.insert(entry.digest).second);
  }
}

RC_GTEST_PROP(Plan, LeavesWhatItsRulesHold, ()) {
  test::Repository repository = world().repository;
  const Rules wanted = rules();
  const Plan plan = make_plan(repository.contents(), wanted, kNow);
  RC_ASSERT(plan.tags_that_go() + plan.tags_that_stay() == repository.contents().tags.size());
  for (const Entry& entry : plan.entries) {
    if (!entry.goes || !entry.is_tag()) continue;
    const auto& tags = repository.contents().tags;
    const auto tag = std::find_if(tags.begin(), tags.end(),
                                  [&](const Tag& one) { return one.name == entry.tag; });
    RC_ASSERT(!tag->is_immutable);
    for (const std::string& pattern : wanted.keep) RC_ASSERT(!hub::glob_fits(pattern, entry.tag));
    RC_ASSERT(wanted.may_go(entry.tag));
    if (wanted.older_than) RC_ASSERT(tag->pushed && *tag->pushed < *wanted.older_than);
    if (wanted.not_pulled_for) RC_ASSERT(!tag->pulled || *tag->pulled < *wanted.not_pulled_for);
    RC_ASSERT(!entry.reason.empty());
  }
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
