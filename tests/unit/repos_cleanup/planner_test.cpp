#include "repos/cleanup/planner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::digest;
using test::kDay;
using test::kNow;
using test::Repository;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Rules rules(std::string_view json) {
  return *read_rules(*sdk::parse_json(json), kNow);
}

std::vector<std::string> going(const Plan& plan) {
  std::vector<std::string> names;
  for (const Entry& entry : plan.entries) {
    if (entry.goes) names.push_back(entry.is_tag() ? entry.tag : entry.digest);
  }
  return names;
}

std::string reason(const Plan& plan, const std::string& name) {
  for (const Entry& entry : plan.entries) {
    if (entry.tag == name || (entry.tag.empty() && entry.digest == name)) return entry.reason;
  }
  return "no such entry";
}

TEST(Cleanup, TakesWhatIsOldAndNotPulled) {
  Repository repository;
  repository.image("old-pulled", 1, 100).pulled = kNow - 5 * kDay;
  repository.image("old-pulled-long-ago", 2, 100).pulled = kNow - 70 * kDay;
  repository.image("old-never-pulled", 3, 100);
  repository.image("young", 4, 20);
  const Plan plan = make_plan(repository.contents(),
                              rules(R"({"older_than": "90d", "not_pulled_for": "60d"})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("old-never-pulled", "old-pulled-long-ago"));
  EXPECT_THAT(reason(plan, "old-pulled"), HasSubstr("was pulled since"));
  EXPECT_THAT(reason(plan, "old-never-pulled"), HasSubstr("never pulled"));
  EXPECT_THAT(reason(plan, "young"), HasSubstr("was pushed since"));
}

TEST(Cleanup, KeepsWhatMayHaveBeenPulled) {
  Repository repository;
  repository.image("unknown", 1, 100).knows_pulled = false;
  repository.image("never", 2, 100);
  const Plan plan = make_plan(repository.contents(), rules(R"({"not_pulled_for": "60d"})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("never"));
  EXPECT_EQ(reason(plan, "unknown"), "when it was pulled is not known");
  EXPECT_THAT(going(make_plan(repository.contents(), rules(R"({"older_than": "60d"})"), kNow)),
              ElementsAre("never", "unknown"));
}

TEST(Cleanup, WithoutAPullCountsThePush) {
  Repository repository;
  repository.image("young", 1, 20);
  EXPECT_THAT(going(make_plan(repository.contents(), rules(R"({"not_pulled_for": "60d"})"), kNow)),
              IsEmpty());
}

TEST(Cleanup, KeepsTheNewestOfEachPattern) {
  Repository repository;
  for (int i = 1; i <= 4; ++i) {
    repository.image("nightly-" + std::to_string(i), i, 10 - i);
    repository.image("pr-" + std::to_string(i), 10 + i, 10 - i);
    repository.image("v" + std::to_string(i), 20 + i, 10 - i);
  }
  const Plan plan = make_plan(repository.contents(),
                              rules(R"({"keep_newest": ["nightly-*=2", "pr-*=3"]})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("nightly-1", "nightly-2", "pr-1"));
  EXPECT_EQ(reason(plan, "v1"), "no rule takes it");
  EXPECT_EQ(reason(plan, "nightly-4"), "is one of the newest 2 of 'nightly-*'");
}

TEST(Cleanup, KeepsReleasesOrTheLatestPatchOfEachMinor) {
  Repository repository;
  int number = 0;
  for (const char* name : {"1.0.0", "1.0.1", "1.0.10", "1.1.0", "1.1", "1", "1.0.1-alpine",
                           "1.0.3-alpine", "1.2.0-rc1", "2", "build-7", "v1.0.10"})
    repository.image(name, ++number, 100);
  const Plan all =
      make_plan(repository.contents(), rules(R"({"only": ["*"], "keep_releases": "all"})"), kNow);
  EXPECT_THAT(going(all), ElementsAre("1.2.0-rc1", "2", "build-7"));
  const Plan latest = make_plan(repository.contents(),
                                rules(R"({"only": ["*"], "keep_releases": "latest_patch"})"), kNow);
  EXPECT_THAT(going(latest),
              ElementsAre("1.0.0", "1.0.1", "1.0.1-alpine", "1.2.0-rc1", "2", "build-7"));
  EXPECT_EQ(reason(latest, "1.0.10"), "is the latest patch of 1.0");
  EXPECT_EQ(reason(latest, "1.1"), "moves along with releases");
}

TEST(Cleanup, KeepsWhatIsImmutableNamedOrUnknown) {
  Repository repository;
  repository.image("immutable", 1, 100).is_immutable = true;
  repository.image("latest", 2, 100);
  repository.image("no-digest", 3, 100).digest.clear();
  repository.image("no-age", 4, 100).pushed.reset();
  repository.image("../../v2/users", 5, 100);
  repository.image("goes", 6, 100);
  const Plan plan =
      make_plan(repository.contents(), rules(R"({"older_than": "1d", "keep": ["lat*"]})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("goes"));
  EXPECT_EQ(reason(plan, "immutable"), "is immutable");
  EXPECT_EQ(reason(plan, "latest"), "fits 'lat*'");
}

TEST(Cleanup, TakesAnUnknownAgeForTheNewest) {
  Repository repository;
  repository.image("no-age", 1, 100).pushed.reset();
  repository.image("new", 2, 1);
  EXPECT_THAT(going(make_plan(repository.contents(), rules(R"({"keep_newest": [1]})"), kNow)),
              ElementsAre("new"));
}

TEST(Cleanup, CountsSizesOncePerImage) {
  Repository repository;
  repository.index("one", 1, 100, {11, 12});
  repository.index("two", 2, 100, {12, 13});
  repository.index("kept", 3, 1, {13});
  const Plan plan = make_plan(repository.contents(), rules(R"({"older_than": "10d"})"), kNow);
  EXPECT_EQ(plan.bytes_freed, 20U);
  EXPECT_EQ(plan.bytes_kept, 10U);
}

TEST(Cleanup, TagsOfOneDigestAreToldApart) {
  Repository repository;
  repository.image("old", 1, 100);
  repository.image("stable", 1, 100);
  const Plan plan =
      make_plan(repository.contents(), rules(R"({"only": ["old"], "untagged": true})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("old"));
  EXPECT_EQ(reason(plan, digest(1)), "the tag stable uses it");
  EXPECT_TRUE(plan.entries.front().can_come_back);
}

TEST(Untagged, GoWithTheirTagsAndIndexesFirst) {
  Repository repository;
  repository.index("old", 1, 100, {11, 12});
  repository.index("kept", 2, 1, {12});
  const Plan plan =
      make_plan(repository.contents(), rules(R"({"older_than": "10d", "untagged": true})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("old", digest(1), digest(11)));
  EXPECT_EQ(reason(plan, digest(12)), "the tag kept uses it");
  EXPECT_FALSE(plan.entries.front().can_come_back);
  EXPECT_THAT(plan.entries[2].of, ElementsAre(digest(1)));
}

TEST(Untagged, OfEarlierPlansGoUnlessSomethingUsesThem) {
  Repository repository;
  repository.index("kept", 1, 1, {12});
  repository.seen(5, {12, 13});
  repository.seen(12);
  repository.seen(6);
  const Plan plan = make_plan(repository.contents(), rules(R"({"untagged": true})"), kNow);
  EXPECT_THAT(going(plan), testing::UnorderedElementsAre(digest(5), digest(13), digest(6)));
}

TEST(Untagged, StayWhileItIsNotKnownWhatATagLists) {
  Repository repository;
  repository.index("old", 1, 100, {11});
  repository.image("kept", 2, 1).lists_images = false;
  const Plan plan =
      make_plan(repository.contents(), rules(R"({"older_than": "10d", "untagged": true})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("old"));
  EXPECT_THAT(reason(plan, digest(11)), HasSubstr("is not known"));
}

TEST(Untagged, StayWhileItIsNotKnownWhatAManifestOfAnEarlierPlanLists) {
  Repository repository;
  repository.index("old", 1, 100, {11});
  repository.seen(12);
  repository.contents().unread = digest(5);
  const Plan plan =
      make_plan(repository.contents(), rules(R"({"older_than": "10d", "untagged": true})"), kNow);
  EXPECT_THAT(going(plan), ElementsAre("old"));
  EXPECT_EQ(reason(plan, digest(12)), "what the manifest " + digest(5) + " lists is not known");
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
