#include "tokens/scope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::sandbox {
namespace {

using testing::ElementsAre;

TEST(Scope, IsSplitAtItsFirstAndLastColon) {
  const auto scope = read_scope("repository:host:5000/a/b:pull,push");
  ASSERT_TRUE(scope);
  EXPECT_EQ(scope->type, "repository");
  EXPECT_EQ(scope->name, "host:5000/a/b");
  EXPECT_THAT(scope->actions, ElementsAre("pull", "push"));
  EXPECT_EQ(scope->text(), "repository:host:5000/a/b:pull,push");
}

TEST(Scope, TheClassInParenthesesIsPassedOver) {
  EXPECT_EQ(read_scope("repository(plugin):a/b:pull")->type, "repository");
}

TEST(Scope, NeedsThreeParts) {
  for (const char* text : {"", "a", "repository:a", "pull"}) EXPECT_FALSE(read_scope(text)) << text;
}

TEST(Scope, AStarHasEveryAction) {
  EXPECT_TRUE(read_scope("repository:a:*")->has("delete"));
  EXPECT_FALSE(read_scope("repository:a:pull")->has("push"));
}

class Granting : public testing::Test {
 protected:
  Granting() { store.get_or_add("team/secret").is_private = true; }

  std::string granted(const std::optional<Caller>& caller, const Store* in,
                      const char* scope) const {
    const auto got = grant({accounts, in, caller, true}, *read_scope(scope));
    return got ? got->text() : "";
  }

  static Accounts one_account() {
    Account account;
    account.name = "team";
    return {{account}, {}};
  }

  Accounts accounts = one_account();
  Store store;
};

TEST_F(Granting, NobodyPullsWhatIsPrivateOrNotThere) {
  EXPECT_EQ(granted(std::nullopt, &store, "repository:team/secret:pull"), "");
  EXPECT_EQ(granted(std::nullopt, &store, "repository:team/none:pull"), "");
}

TEST_F(Granting, AnOwnerMayWriteWhatIsNotThereYet) {
  const Caller owner{"team", "id", Reach::write, SecretKind::password, ""};
  EXPECT_EQ(granted(owner, &store, "repository:team/new:pull,push,delete"),
            "repository:team/new:pull,push");
}

TEST_F(Granting, ElsewhereTheSecretAloneDecides) {
  const Caller guest{"guest", "id", Reach::admin, SecretKind::password, ""};
  EXPECT_EQ(granted(guest, nullptr, "registry:catalog:*"), "registry:catalog:*");
  EXPECT_EQ(granted(std::nullopt, nullptr, "registry:catalog:*"), "");
}

}  // namespace
}  // namespace dockerhub::sandbox
