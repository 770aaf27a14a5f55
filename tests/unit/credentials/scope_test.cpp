#include "credentials/scope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::ElementsAre;

TEST(Scopes, HaveOneOrder) {
  EXPECT_EQ(Scopes("repository:b:push,pull repository:a:pull").text(),
            "repository:a:pull repository:b:pull,push");
  EXPECT_EQ(Scopes("repository:a:pull,push"), Scopes("repository:a:push,pull"));
  EXPECT_THAT(Scopes(" repository:b:pull  repository:a:pull ").parts(),
              ElementsAre("repository:a:pull", "repository:b:pull"));
}

TEST(Scopes, HaveNamesWithColons) {
  const Scopes scopes("repository:host:5000/name:pull");
  EXPECT_TRUE(scopes.covers(Scopes("repository:host:5000/name:pull")));
  EXPECT_FALSE(scopes.covers(Scopes("repository:host:pull")));
  EXPECT_EQ(scopes.text(), "repository:host:5000/name:pull");
}

TEST(Scopes, UniteTheActionsOfAResource) {
  Scopes scopes("repository:a:pull");
  scopes.unite(Scopes("repository:a:delete repository:b:pull"));
  EXPECT_EQ(scopes.text(), "repository:a:delete,pull repository:b:pull");
}

TEST(Scopes, ThatAreWiderServeNarrowerOnes) {
  const Scopes wide("repository:a:pull,push repository:b:pull");
  EXPECT_TRUE(wide.covers(Scopes("repository:a:pull")));
  EXPECT_TRUE(wide.covers(wide));
  EXPECT_TRUE(wide.covers(Scopes()));
  EXPECT_FALSE(wide.covers(Scopes("repository:b:push")));
  EXPECT_FALSE(wide.covers(Scopes("repository:c:pull")));
  EXPECT_FALSE(Scopes().covers(Scopes("repository:a:pull")));
}

TEST(Scopes, WithAStarServeEachAction) {
  EXPECT_TRUE(Scopes("registry:catalog:*").covers(Scopes("registry:catalog:*")));
  EXPECT_TRUE(Scopes("repository:a:*").covers(Scopes("repository:a:pull,push,delete")));
  EXPECT_FALSE(Scopes("repository:a:pull").covers(Scopes("repository:a:*")));
}

TEST(Scopes, KeepWhatIsNoResource) {
  EXPECT_EQ(Scopes("offline openid:x").text(), "offline openid:x");
  EXPECT_EQ(Scopes("repository:a:").text(), "repository:a:");
}

TEST(Scopes, AreBounded) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "repository:r" + std::to_string(i) + ":pull ";
  EXPECT_EQ(Scopes(many).parts().size(), 64U);
}

}  // namespace
}  // namespace dockerhub
