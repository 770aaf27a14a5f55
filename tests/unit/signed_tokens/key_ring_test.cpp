#include "signed_tokens/key_ring.hpp"

#include <gtest/gtest.h>

#include "credentials/secret.hpp"

namespace dockerhub {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class KeyRingTest : public testing::Test {
 protected:
  std::vector<VerificationKey> keys() { return {VerificationKey::from_secret("secret", book_)}; }
  bool fetches(bool known) { return ring_.need(known, now_).fetch; }
  bool waits(bool known) { return ring_.need(known, now_).wait; }
  void get() {
    ASSERT_TRUE(fetches(false));
    ring_.put(keys(), now_);
  }

  SecretBook book_;
  KeyRing ring_;
  KeyRing::Clock::time_point now_ = KeyRing::Clock::now();
};

TEST_F(KeyRingTest, IsEmptyAtFirstAndFilledByOne) {
  EXPECT_TRUE(ring_.keys(now_)->empty());
  EXPECT_TRUE(fetches(false));
  EXPECT_FALSE(fetches(false));
  EXPECT_TRUE(waits(false));
  ring_.put(keys(), now_);
  EXPECT_EQ(ring_.keys(now_)->size(), 1U);
  EXPECT_FALSE(waits(false));
}

TEST_F(KeyRingTest, AsksForAnUnknownKeyAtMostOnceAMinute) {
  get();
  EXPECT_FALSE(fetches(false));
  now_ += seconds(59);
  EXPECT_FALSE(fetches(false));
  now_ += seconds(1);
  EXPECT_TRUE(fetches(false));
}

TEST_F(KeyRingTest, AsksForAKnownKeyWhenItIsOldAndGoesOnMeanwhile) {
  get();
  now_ += minutes(5) - seconds(1);
  EXPECT_FALSE(fetches(true));
  now_ += seconds(1);
  const SignedTokens::Need need = ring_.need(true, now_);
  EXPECT_TRUE(need.fetch);
  EXPECT_FALSE(need.wait);
}

TEST_F(KeyRingTest, AsksAfterAWrongSignatureAlsoForAKnownKey) {
  get();
  ring_.doubt();
  EXPECT_FALSE(fetches(true));
  now_ += seconds(60);
  EXPECT_TRUE(fetches(true));
  ring_.put(keys(), now_);
  now_ += seconds(60);
  EXPECT_FALSE(fetches(true));
}

TEST_F(KeyRingTest, ForgetsKeysThatTheIssuerTookBack) {
  get();
  now_ += seconds(60);
  ASSERT_TRUE(fetches(false));
  ring_.put(std::vector<VerificationKey>(), now_);
  EXPECT_TRUE(ring_.keys(now_)->empty());
}

TEST_F(KeyRingTest, KeepsItsKeysWhileTheIssuerIsAwayButNotForever) {
  get();
  now_ += minutes(10);
  ASSERT_TRUE(fetches(true));
  ring_.put(std::nullopt, now_);
  EXPECT_EQ(ring_.keys(now_)->size(), 1U);
  EXPECT_FALSE(fetches(true));
  now_ += seconds(5);
  EXPECT_TRUE(fetches(true));
  now_ += minutes(50);
  EXPECT_TRUE(ring_.keys(now_)->empty());
}

TEST_F(KeyRingTest, DoesNotWaitForAFetchThatNeverEnded) {
  ASSERT_TRUE(fetches(false));
  now_ += KeyRing::kFetchTime;
  EXPECT_FALSE(waits(false));
  now_ += KeyRing::kPause;
  EXPECT_TRUE(fetches(false));
}

TEST_F(KeyRingTest, OfFixedKeysIsNeverFetched) {
  KeyRing fixed(keys());
  now_ += minutes(600);
  EXPECT_EQ(fixed.keys(now_)->size(), 1U);
  const SignedTokens::Need need = fixed.need(false, now_);
  EXPECT_FALSE(need.fetch || need.wait);
}

}  // namespace
}  // namespace dockerhub
