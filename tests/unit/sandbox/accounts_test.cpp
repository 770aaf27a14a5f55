#include "accounts/accounts.hpp"

#include <gtest/gtest.h>

#include "accounts/token_scope.hpp"

namespace dockerhub::sandbox {
namespace {

Account user(const std::string& name) {
  Account account;
  account.name = name;
  account.uuid = name + "-uuid";
  account.email = name + "@example.invalid";
  account.password = "secret of " + name;
  return account;
}

class TeamWork : public testing::Test {
 protected:
  static Organization organization() {
    Organization made;
    made.name = "org";
    made.members["owner"].role = Role::owner;
    made.members["editor"].role = Role::editor;
    made.members["member"].role = Role::member;
    Team& team = made.add_team("team", "");
    team.members = {"member"};
    made.team_reach["app"] = {{team.id, Reach::write}};
    OrganizationToken token;
    token.id = "1";
    token.secret = "of the organization";
    token.resources = {{"TYPE_REPO", "org/app", {"scope-image-push"}},
                       {"TYPE_ORG", "org", {"scope-member-edit"}}};
    made.tokens = {token};
    return made;
  }

  static std::vector<Account> users() {
    Account of_organization = user("org");
    of_organization.organization = true;
    return {user("owner"), user("editor"), user("member"), user("guest"), of_organization};
  }

  Caller caller(const std::string& name) {
    return accounts.sign_in(name, name == "org" ? "of the organization" : "secret of " + name)
        .value();
  }

  bool may(const std::string& name, const char* repository, Right right) {
    return accounts.may(caller(name), repository, right);
  }

  Accounts accounts{users(), {organization()}};
};

TEST_F(TeamWork, RolesDecideAboutRepositoriesOfTheOrganization) {
  EXPECT_TRUE(may("owner", "org/app", Right::administer));
  EXPECT_TRUE(may("editor", "org/other", Right::remove_tags));
  EXPECT_FALSE(may("guest", "org/app", Right::pull));
  EXPECT_TRUE(accounts.may_create(caller("editor"), "org"));
  EXPECT_FALSE(accounts.may_create(caller("member"), "org"));
}

TEST_F(TeamWork, AMemberHasWhatItsTeamsHave) {
  EXPECT_TRUE(may("member", "org/app", Right::push));
  EXPECT_FALSE(may("member", "org/app", Right::remove_tags));
  EXPECT_FALSE(may("member", "org/other", Right::pull));
}

TEST_F(TeamWork, ATokenOfTheOrganizationHasWhatItsResourcesSay) {
  EXPECT_TRUE(may("org", "org/app", Right::pull));
  EXPECT_TRUE(may("org", "org/app", Right::push));
  EXPECT_FALSE(may("org", "org/app", Right::remove_image));
  EXPECT_FALSE(may("org", "org/app", Right::read));
  EXPECT_FALSE(may("org", "org/other", Right::pull));
  EXPECT_TRUE(accounts.token_holds(caller("org"), "scope-member-read"));
  EXPECT_FALSE(accounts.token_holds(caller("org"), "scope-invite-read"));
  EXPECT_FALSE(accounts.may_create(caller("org"), "org"));
}

TEST_F(TeamWork, ATokenThatEndedOrWasTakenBackSignsNobodyIn) {
  const Caller before = caller("org");
  OrganizationToken& token = *accounts.organization("org")->token("1");
  token.expires = 1;
  EXPECT_FALSE(accounts.sign_in("org", "of the organization"));
  EXPECT_FALSE(accounts.works(before));
  token.expires.reset();
  EXPECT_TRUE(accounts.works(before));
  token.is_active = false;
  EXPECT_FALSE(accounts.works(before));
}

TEST_F(TeamWork, AnEmptySecretSignsNobodyIn) {
  accounts.find("guest")->password.clear();
  EXPECT_FALSE(accounts.sign_in("guest", ""));
}

TEST_F(TeamWork, WhoIsRemovedLeavesEveryTeamAndTheLastOwnerIsKnown) {
  Organization& of = *accounts.organization("org");
  EXPECT_TRUE(of.is_last_owner("owner"));
  of.members["editor"].role = Role::owner;
  EXPECT_FALSE(of.is_last_owner("owner"));
  of.members["editor"].active = false;
  EXPECT_TRUE(of.is_last_owner("owner"));
  of.remove_member("member");
  EXPECT_FALSE(may("member", "org/app", Right::pull));
  EXPECT_TRUE(of.team("team")->members.empty());
}

TEST_F(TeamWork, ANewUserGetsANameThatIsFree) {
  EXPECT_EQ(accounts.add_user("guest@example.com").name, "guest2");
  EXPECT_EQ(accounts.add_user("@example.com").name, "user");
}

TEST(TokenScope, AHigherOneIncludesTheLowerOnes) {
  EXPECT_TRUE(scope_includes("scope-image-delete", "scope-image-pull"));
  EXPECT_FALSE(scope_includes("scope-image-pull", "scope-image-push"));
  EXPECT_FALSE(scope_includes("scope-repository-admin", "scope-tag-read"));
  EXPECT_FALSE(scope_includes("", ""));
}

TEST(TokenScope, RepositoriesAndOrganizationsHaveTheirOwn) {
  EXPECT_TRUE(is_token_scope("scope-image-pull", ScopeKind::repository));
  EXPECT_FALSE(is_token_scope("scope-image-pull", ScopeKind::organization));
  EXPECT_FALSE(is_token_scope("scope-none", ScopeKind::repository));
}

}  // namespace
}  // namespace dockerhub::sandbox
