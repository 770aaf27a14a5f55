#include "repos/cleanup/changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "repos/cleanup/planner.hpp"
#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::digest;
using test::kNow;
using test::Repository;
using testing::ElementsAre;
using testing::IsEmpty;

Plan plan() {
  Repository then;
  then.image("old", 1, 100);
  then.image("new", 2, 1);
  Rules rules;
  rules.older_than = kNow - 10 * test::kDay;
  return make_plan(then.contents(), rules, kNow);
}

TEST(Changes, AreNoneWhereAllIsAsItWas) {
  Repository now;
  now.image("new", 2, 1);
  now.image("old", 1, 100);
  EXPECT_THAT(changes_since(plan(), now.contents()), IsEmpty());
}

TEST(Changes, AreNoneWhereWhatGoesIsGone) {
  Repository now;
  now.image("new", 2, 1);
  EXPECT_THAT(changes_since(plan(), now.contents()), IsEmpty());
}

TEST(Changes, AreMovedNewAndMissingTags) {
  Repository now;
  now.image("old", 3, 0);
  now.image("other", 4, 0);
  EXPECT_THAT(changes_since(plan(), now.contents()),
              ElementsAre("the tag 'old' names " + digest(3) + " now", "the tag 'new' is gone",
                          "the tag 'other' is new"));
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
