#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credentials/credentials.hpp"
#include "credentials/stored_accounts.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class IdentityOf : public testing::Test {
 protected:
  void use(const std::map<std::string, std::string>& environment, const std::string& file = {}) {
    credentials_ = std::make_unique<Credentials>(
        settings_.load(environment, file), service_.fetch(),
        [this](LogLevel, std::string_view text) { lines_.emplace_back(text); });
  }

  Settings settings_;
  std::vector<std::string> lines_;
  FakeService service_{[](const http::Request&) {
    return answer(200, "{\"token\":\"" +
                           jwt(R"({"sub":"s-1","exp":4000000000,"email":"ann@example.com"})") +
                           "\"}");
  }};
  std::unique_ptr<Credentials> credentials_;
};

TEST_F(IdentityOf, NobodyIsAnonymous) {
  use({});
  const Identity identity = credentials_->identity();
  EXPECT_FALSE(identity.authenticated);
  EXPECT_EQ(identity.kind, "anonymous");
  EXPECT_EQ(identity.claims, "{}");
  EXPECT_TRUE(credentials_->sign_in({}));
  EXPECT_EQ(service_.count(), 0U);
  EXPECT_EQ(credentials_->hub(), nullptr);
}

TEST_F(IdentityOf, AnAccountIsKnownWithoutTheNetwork) {
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "dckr_pat_0123456789"}});
  const Identity identity = credentials_->identity();
  EXPECT_TRUE(identity.authenticated);
  EXPECT_EQ(identity.kind, "pat");
  EXPECT_EQ(identity.name, "ann");
  EXPECT_FALSE(identity.expires_at);
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(IdentityOf, AnAccountHasClaimsAfterItSignedIn) {
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "dckr_oat_0123456789"}});
  ASSERT_TRUE(credentials_->sign_in({}));
  ASSERT_TRUE(credentials_->sign_in({}));
  EXPECT_EQ(service_.count(), 1U);
  const Identity identity = credentials_->identity();
  EXPECT_EQ(identity.kind, "oat");
  EXPECT_EQ(identity.name, "ann");
  EXPECT_THAT(identity.claims, HasSubstr("s-1"));
  EXPECT_THAT(identity.claims, Not(HasSubstr("example.com")));
  EXPECT_EQ(identity.expires_at, std::chrono::system_clock::from_time_t(4'000'000'000));
}

TEST_F(IdentityOf, AReadyTokenIsWhatItSays) {
  use({{"DOCKERHUB_JWT",
        jwt(R"({"https://hub.docker.com":{"username":"bob"},"exp":4000000000})")}});
  const Identity identity = credentials_->identity();
  EXPECT_EQ(identity.kind, "jwt");
  EXPECT_EQ(identity.name, "bob");
  EXPECT_TRUE(identity.expires_at);
  EXPECT_TRUE(credentials_->sign_in({}));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(IdentityOf, ATokenThatNeverEndsHasNoEnd) {
  use({{"DOCKERHUB_JWT", jwt(R"({"sub":"bob","exp":99999999999})")}});
  const Identity identity = credentials_->identity();
  EXPECT_FALSE(identity.expires_at);
  EXPECT_THAT(identity.claims, HasSubstr("99999999999"));
}

TEST_F(IdentityOf, AnAccountThatIsNotForThisHostIsAnonymousAndSaidOnce) {
  use({{"DOCKERHUB_URL", "https://hub.example"}},
      "account:\n  user: ann\n  secret: token-of-ann\n");
  EXPECT_THAT(lines_, IsEmpty()) << "nobody needed it yet";
  EXPECT_FALSE(credentials_->identity().authenticated);
  EXPECT_EQ(credentials_->hub(), nullptr);
  EXPECT_EQ(credentials_->hub(), nullptr);
  EXPECT_THAT(lines_, testing::Contains(HasSubstr("https://hub.example")).Times(1));
  EXPECT_TRUE(credentials_->sign_in({}));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(IdentityOf, ARequestCountsForItsAccount) {
  const http::Origin docker = url("https://registry-1.docker.io").origin;
  const http::Origin other = url("https://r.example").origin;
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "x-y-z"}});
  EXPECT_EQ(credentials_->account_of("hub", {}), "ann");
  EXPECT_EQ(credentials_->account_of("scim", {}), "ann");
  EXPECT_EQ(credentials_->account_of("registry", docker), "ann");
  EXPECT_EQ(credentials_->account_of("registry", other), "");
  EXPECT_EQ(credentials_->account_of("nothing", {}), "");
  use({{"DOCKERHUB_JWT", "opaque"}});
  EXPECT_EQ(credentials_->account_of("hub", {}), "token");
  EXPECT_EQ(credentials_->account_of("registry", docker), "");
}

TEST_F(IdentityOf, ASurfaceHasItsOwnBaseUrl) {
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "x-y-z"}});
  const auto server = [](const std::string&) { return std::pair(200, std::string()); };
  EXPECT_THAT(exchange(*credentials_->scout(), "https://api.scout.docker.com/v1", server)
                  ->authorizations.at(0),
              HasSubstr("Bearer "));
  EXPECT_EQ(
      exchange(*credentials_->scout(), "https://hub.docker.com/v2", server)->authorizations.at(0),
      "");
  EXPECT_THAT(
      exchange(*credentials_->scim(), "https://hub.docker.com/v2", server)->authorizations.at(0),
      HasSubstr("Bearer "));
  EXPECT_THAT(service_.requests(), SizeIs(1)) << "one log-in serves all";
  EXPECT_EQ(service_.requests()[0].url.text(), "https://hub.docker.com/v2/auth/token");
}

TEST_F(IdentityOf, ANamedAccountThatIsNotForThisHostEndsTheRequest) {
  AccountList list;
  StoredAccount work;
  work.name = "work";
  work.user = "ann";
  work.shelf = {LoginShelf::Kind::own, {}, "https://hub.docker.com/accounts/work"};
  work.urls = {{"hub.url", "https://hub.docker.com"}};
  list.put(work);
  const auto folder = settings_.folder().path() / "own";
  ASSERT_TRUE(AccountFile(folder).write(list));
  use({{"DOCKERHUB_CREDENTIALS_DIR", folder.string()},
       {"DOCKERHUB_ACCOUNT", "work"},
       {"DOCKERHUB_URL", "https://hub.example"}});
  const auto refused = exchange(*credentials_->hub(), "https://hub.example/v2/x",
                                [](const std::string&) { return std::pair(200, std::string()); });
  ASSERT_FALSE(refused) << "not sent as nobody";
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_THAT(refused.error().message, HasSubstr("is not for https://hub.example"));
  EXPECT_EQ(service_.count(), 0U);
}

}  // namespace
}  // namespace dockerhub
