#include "credentials/token_cache.hpp"

#include <gtest/gtest.h>

#include "fakes.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;

class Tokens : public testing::Test {
 protected:
  TokenCache::Mint mint() {
    return [this]() -> Result<MintedToken> {
      ++minted_;
      const auto token = book_.learn("token-" + std::to_string(minted_));
      return MintedToken{token, seconds(50)};
    };
  }
  TokenCache::Mint refuse(int status, ErrorKind kind = ErrorKind::auth) {
    return [this, status, kind]() -> Result<MintedToken> {
      ++minted_;
      Error error;
      error.kind = kind;
      error.status_code = status;
      return Failure(error);
    };
  }
  std::string get(std::string_view scopes = "repository:a:pull", const std::string& issuer = "i") {
    return value_of(cache_.get({issuer, Scopes(scopes)}, {}, mint()).value());
  }

  SecretBook book_;
  FakeClocks time_;
  TokenCache cache_{time_.clocks()};
  int minted_ = 0;
};

TEST_F(Tokens, AreMintedOnceUntilTheyEnd) {
  EXPECT_EQ(get(), "Bearer token-1");
  time_.pass(seconds(49));
  EXPECT_EQ(get(), "Bearer token-1");
  time_.pass(seconds(1));
  EXPECT_EQ(get(), "Bearer token-2");
}

TEST_F(Tokens, AreOfOneIssuerAndAccount) {
  EXPECT_EQ(get("repository:a:pull", "one"), "Bearer token-1");
  EXPECT_EQ(get("repository:a:pull", "two"), "Bearer token-2");
}

TEST_F(Tokens, ForMoreServeLess) {
  EXPECT_EQ(get("repository:a:pull,push"), "Bearer token-1");
  EXPECT_EQ(get("repository:a:pull"), "Bearer token-1");
  EXPECT_EQ(get("repository:a:delete"), "Bearer token-2");
}

TEST_F(Tokens, ThatWereRefusedAreReplacedOnce) {
  const TokenKey key{"i", Scopes("repository:a:pull")};
  const auto first = cache_.get(key, {}, mint()).value();
  EXPECT_TRUE(cache_.drop(first));
  const auto second = cache_.get(key, {}, mint()).value();
  EXPECT_EQ(value_of(second), "Bearer token-2");
  EXPECT_TRUE(cache_.drop(first)) << "somebody replaced it already: try the new one";
  EXPECT_EQ(cache_.get(key, {}, mint()).value(), second) << "and the new one stays";
  EXPECT_FALSE(cache_.drop(second))
      << "a fresh one that is refused as well is not the token's fault";
  time_.pass(seconds(31));
  EXPECT_TRUE(cache_.drop(second));
}

TEST_F(Tokens, AreNotAskedForAgainSoonAfterARefusal) {
  const TokenKey key{"i", Scopes("repository:a:pull")};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(cache_.get(key, {}, refuse(401)));
  EXPECT_EQ(minted_, 1) << "a loop must not lock the account";
  time_.pass(seconds(31));
  EXPECT_TRUE(cache_.get(key, {}, mint()));
}

TEST_F(Tokens, AreNotAskedForByAWrongLoginForAnythingElseEither) {
  EXPECT_FALSE(cache_.get({"i", Scopes("repository:a:pull")}, {}, refuse(401)));
  EXPECT_FALSE(cache_.get({"i", Scopes("repository:b:pull")}, {}, refuse(401)));
  EXPECT_EQ(minted_, 1);
  EXPECT_TRUE(cache_.get({"another", Scopes("repository:b:pull")}, {}, mint()));
}

TEST_F(Tokens, AreStillGivenForOthersWhenARightLoginOrNobodyIsRefusedForOne) {
  get("repository:a:pull");
  EXPECT_FALSE(cache_.get({"i", Scopes("repository:b:pull")}, {}, refuse(401)));
  EXPECT_TRUE(cache_.get({"i", Scopes("repository:c:pull")}, {}, mint()));
  EXPECT_FALSE(cache_.get({"nobody", Scopes("repository:b:pull"), false}, {}, refuse(401)));
  EXPECT_TRUE(cache_.get({"nobody", Scopes("repository:c:pull"), false}, {}, mint()));
}

TEST_F(Tokens, AreAskedForAgainAfterOtherErrors) {
  const TokenKey key{"i", Scopes("repository:a:pull")};
  EXPECT_FALSE(cache_.get(key, {}, refuse(503, ErrorKind::api)));
  EXPECT_FALSE(cache_.get(key, {}, refuse(0, ErrorKind::network)));
  EXPECT_EQ(minted_, 2);
}

TEST_F(Tokens, AreNotKeptWithoutEnd) {
  for (std::size_t i = 0; i < 2 * TokenCache::kMost; ++i)
    get("repository:r" + std::to_string(i) + ":pull");
  EXPECT_LE(book_.known()->values.size(), TokenCache::kMost);
}

}  // namespace
}  // namespace dockerhub
