#include "credentials/stored_accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "credentials/account.hpp"
#include "credentials/login_store.hpp"
#include "credentials/stored_login.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

StoredAccount account_named(const std::string& name, const std::string& user) {
  StoredAccount account;
  account.name = name;
  account.user = user;
  account.kind = "pat";
  account.shelf = {LoginShelf::Kind::own, {}, "https://hub.docker.com/accounts/" + name};
  account.urls = {{"hub.url", "https://hub.docker.com"},
                  {"scout.url", "https://api.scout.docker.com"},
                  {"registry.url", "https://registry-1.docker.io"}};
  return account;
}

class Accounts : public testing::Test {
 protected:
  Accounts() {
    AccountList list;
    list.put(account_named("work", "ann"));
    list.put(account_named("private", "bob"));
    list.current = "work";
    EXPECT_TRUE(AccountFile(folder_).write(list));
  }

  Configuration load(std::map<std::string, std::string> variables = {}) const {
    variables.emplace("DOCKERHUB_CREDENTIALS_DIR", folder_.string());
    return settings_.load(variables);
  }
  // The user whose credential a request carries.
  static std::string user_of(const Configuration& configuration, Surface surface) {
    const auto found = Account(configuration).for_surface(surface);
    if (!found) return "nobody";
    return found->token ? "bearer" : found->user;
  }
  static bool is_of(const Configuration& configuration, std::string_view registry) {
    return Account(configuration).stored_for_registry(url(registry).origin);
  }

  Settings settings_;
  std::filesystem::path folder_ = settings_.folder().path() / "own";
};

TEST_F(Accounts, AreKeptWithoutSecretsForTheirUserAlone) {
  const AccountFile file(folder_);
  const auto list = file.read();
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->current, "work");
  ASSERT_NE(list->find("private"), nullptr);
  EXPECT_EQ(list->find("private")->user, "bob");
  EXPECT_EQ(list->find("private")->shelf, account_named("private", "bob").shelf);
  EXPECT_EQ(list->find("private")->urls, account_named("private", "bob").urls);
  AccountList moved = *list;
  moved.accounts[0].shelf = {LoginShelf::Kind::config_json, {}, "r.example", "/some/config.json"};
  ASSERT_TRUE(file.write(moved));
  EXPECT_EQ(file.read()->accounts[0].shelf, moved.accounts[0].shelf);
  EXPECT_EQ(list->find("other"), nullptr);
  const auto rights = std::filesystem::status(file.path()).permissions();
  EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Accounts, AreRefusedInANewerFormat) {
  settings_.folder().write("own/accounts.json", "{\"version\":2,\"current\":\"work\"}\n");
  const auto refused = AccountFile(folder_).read();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("newer version"));
  const Account account(load());
  EXPECT_FALSE(account.for_surface(Surface::hub));
  EXPECT_THAT(account.warnings(), testing::Contains(HasSubstr("newer version")));
}

TEST_F(Accounts, CountWhereNobodySaysOtherwise) {
  for (const Surface surface : {Surface::hub, Surface::scim, Surface::scout})
    EXPECT_EQ(user_of(load(), surface), "ann");
  EXPECT_EQ(user_of(load({{"DOCKERHUB_ACCOUNT", "private"}}), Surface::hub), "bob");
  EXPECT_TRUE(is_of(load(), "https://registry-1.docker.io"));
  EXPECT_TRUE(is_of(load(), "https://docker.io"));
  EXPECT_FALSE(is_of(load(), "https://ghcr.io"));
}

TEST_F(Accounts, GiveWayToASecretOfTheSettings) {
  auto variables = std::map<std::string, std::string>{{"DOCKER_HUB_USER", "eve"},
                                                      {"DOCKER_HUB_TOKEN", "token-of-eve"}};
  EXPECT_EQ(user_of(load(variables), Surface::hub), "eve");
  EXPECT_EQ(user_of(load({{"DOCKERHUB_JWT", "ready"}}), Surface::hub), "bearer");
  variables.emplace("DOCKERHUB_ACCOUNT", "private");
  EXPECT_EQ(user_of(load(variables), Surface::hub), "bob") << "somebody names it";
  EXPECT_EQ(Account(load(variables)).for_registry(url("https://docker.io").origin), nullptr);
  const std::map<std::string, std::string> tokens = {{"DOCKERHUB_ACCOUNT", "private"},
                                                     {"DOCKERHUB_JWT", "ready"},
                                                     {"DOCKERHUB_SCIM_TOKEN", "scim"}};
  EXPECT_EQ(user_of(load(tokens), Surface::hub), "bob");
  EXPECT_EQ(user_of(load(tokens), Surface::scim), "bearer") << "it is no account's";
}

TEST_F(Accounts, AreNotSentElsewhere) {
  const Configuration elsewhere = load({{"DOCKERHUB_URL", "https://hub.example"}});
  EXPECT_EQ(user_of(elsewhere, Surface::hub), "nobody");
  EXPECT_EQ(user_of(elsewhere, Surface::scout), "nobody") << "it would be minted at hub.example";
  EXPECT_EQ(user_of(load({{"DOCKER_SCOUT_URL", "https://scout.example"}}), Surface::scout),
            "nobody");
}

TEST_F(Accounts, ThatAreNamedFailElsewhere) {
  const std::map<std::string, std::string> elsewhere = {{"DOCKERHUB_URL", "https://hub.example"}};
  EXPECT_FALSE(Account(load(elsewhere)).misplaced(Surface::hub)) << "nobody names it: anonymous";
  EXPECT_FALSE(Account(load({{"DOCKERHUB_ACCOUNT", "work"}})).misplaced(Surface::hub));
  auto named = elsewhere;
  named.emplace("DOCKERHUB_ACCOUNT", "work");
  for (const Surface surface : {Surface::hub, Surface::scim, Surface::scout}) {
    const auto error = Account(load(named)).misplaced(surface);
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message, testing::AllOf(HasSubstr("work"), HasSubstr("hub.example")));
  }
}

TEST_F(Accounts, AreNotMixedWithAnotherOneInASession) {
  AccountList list;
  StoredAccount work = account_named("work", "ann");
  work.urls["scout.url"] = "https://scout.example";
  list.put(work);
  list.current = "work";
  ASSERT_TRUE(AccountFile(folder_).write(list));
  const std::string scout = "scout:\n  url: https://scout.example\n";
  std::map<std::string, std::string> variables = {{"DOCKERHUB_CREDENTIALS_DIR", folder_.string()}};
  EXPECT_EQ(user_of(settings_.load(variables, scout), Surface::scout), "ann");
  variables.insert({{"DOCKER_HUB_USER", "eve"}, {"DOCKER_HUB_TOKEN", "token-of-eve"}});
  const Configuration mixed = settings_.load(variables, scout);
  EXPECT_EQ(user_of(mixed, Surface::hub), "eve");
  EXPECT_EQ(user_of(mixed, Surface::scout), "nobody") << "its token would be eve's";
  const Configuration named = settings_.load(variables, scout + "account:\n  name: work\n");
  EXPECT_EQ(user_of(named, Surface::hub), "eve") << "of a stronger source";
  EXPECT_EQ(user_of(named, Surface::scout), "nobody");
  EXPECT_FALSE(Account(named).misplaced(Surface::scout)) << "it was logged in there";
}

TEST_F(Accounts, DoNotCoverASecretWithoutUser) {
  const Configuration configuration = load({{"DOCKER_HUB_TOKEN", "token-of-eve"}});
  EXPECT_EQ(user_of(configuration, Surface::hub), "nobody");
  EXPECT_FALSE(is_of(configuration, "https://docker.io"));
  EXPECT_THAT(Account(configuration).warnings(), testing::Contains(HasSubstr("DOCKER_HUB_USER")));
  EXPECT_EQ(user_of(load({{"DOCKER_HUB_TOKEN", "x"}, {"DOCKERHUB_ACCOUNT", "work"}}), Surface::hub),
            "ann")
      << "somebody names it";
}

TEST_F(Accounts, GiveWayToAKeylessLogIn) {
  const Configuration configuration =
      load({{"DOCKER_HUB_USER", "example"}, {"DOCKERHUB_OIDC_CONNECTIONID", "a-connection"}});
  const auto found = Account(configuration).for_surface(Surface::hub);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, CredentialSource::Kind::keyless);
}

TEST_F(Accounts, ThatNobodyNamesGiveWayWhereTheirSecretIsGone) {
  FakeClocks time;
  std::vector<std::string> warnings;
  const Configuration configuration = load();
  const StoredAccount work = account_named("work", "ann");
  StoredLogin login(
      configuration, "work", work,
      [&warnings](std::string_view text) { warnings.emplace_back(text); }, time.clocks());
  for (int i = 0; i < 2; ++i) {
    const auto none = login.get({});
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_EQ(*none, nullptr);
  }
  EXPECT_TRUE(login.is_gone());
  EXPECT_THAT(warnings, testing::ElementsAre(HasSubstr("dockerhub account add work"))) << "once";
  ASSERT_TRUE(LoginStore(configuration).save(work.shelf, "ann", "dckr_pat_1", {}));
  time.pass(StoredLogin::kGoneTime);
  EXPECT_EQ(value_of(login.get({}).value()->password), "dckr_pat_1") << "it is looked for again";
}

TEST_F(Accounts, AreLookedForOnceByAllThatWait) {
  settings_.folder().write("bin/docker-credential-count",
                           "#!/bin/sh\ncat > /dev/null\necho x >> \"$(dirname \"$0\")/asked\"\n"
                           "echo '{\"Username\":\"ann\",\"Secret\":\"dckr_pat_1\"}'\n",
                           0700);
  const auto bin = settings_.folder().path() / "bin";
  StoredAccount work = account_named("work", "ann");
  work.shelf = {LoginShelf::Kind::helper, "count", "https://index.docker.io/v1/"};
  StoredLogin login(load({{"PATH", bin.string() + ":/usr/bin:/bin"}}), "work", work);
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&login] { EXPECT_NE(login.get({}).value(), nullptr); });
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(std::filesystem::file_size(bin / "asked"), 2U) << "one line";
}

TEST_F(Accounts, HaveTheirSecretWhereTheyWereStored) {
  const Configuration configuration = load({{"DOCKERHUB_ACCOUNT", "work"}});
  const LoginStore store(configuration);
  const StoredAccount work = account_named("work", "ann");
  ASSERT_TRUE(store.save(work.shelf, "ann", "dckr_pat_1", {}));
  StoredLogin login(configuration, "work", work);
  const auto found = login.get({});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(value_of((*found)->password), "dckr_pat_1");
  ASSERT_TRUE(store.save(work.shelf, "bob", "dckr_pat_2", {}));
  EXPECT_EQ(value_of((*login.get({}))->password), "dckr_pat_1") << "it is kept until a refusal";
  login.forget();
  const auto other = login.get({});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::auth);
  EXPECT_THAT(other.error().message, HasSubstr("is of bob by now"));
}

TEST_F(Accounts, ThatAreNotThereAreAnError) {
  const Configuration configuration = load({{"DOCKERHUB_ACCOUNT", "wrok"}});
  const Account account(configuration);
  EXPECT_TRUE(account.for_surface(Surface::hub)) << "not anonymous instead";
  StoredLogin login(configuration, account.stored_name(), account.stored());
  const auto found = login.get({});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().message, HasSubstr("wrok"));
}

TEST_F(Accounts, AreRefusedFromABrokenFile) {
  settings_.folder().write("own/accounts.json", "{\"version\":1}\n{\"current\":\"work\"");
  const auto refused = AccountFile(folder_).read();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("accounts.json"));
  EXPECT_THAT(refused.error().hint, HasSubstr("move it away"));
}

TEST_F(Accounts, NeedAPlace) {
  const AccountFile nowhere{std::filesystem::path()};
  EXPECT_TRUE(nowhere.read().value().accounts.empty());
  const auto refused = nowhere.write({});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_THAT(refused.error().hint, HasSubstr("DOCKERHUB_CREDENTIALS_DIR"));
}

TEST(AccountName, HasNothingThatMeansAnythingElse) {
  for (const char* const name : {"work", "a", "Ann.B_c-1"}) EXPECT_TRUE(is_account_name(name));
  for (const char* const name : {"", "-x", "a b", "a/b", "a\nb", "a=b", "a,b"})
    EXPECT_FALSE(is_account_name(name)) << name;
}

}  // namespace
}  // namespace dockerhub
