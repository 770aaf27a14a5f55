#include "signed_tokens/key_ring.hpp"

namespace dockerhub {

KeyRing::KeyRing(std::vector<VerificationKey> keys)
    : fixed_(true), keys_(std::make_shared<const std::vector<VerificationKey>>(std::move(keys))) {}

KeyRing::Keys KeyRing::keys(Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  if (fixed_ || (got_ && now - *got_ < kLongest)) return keys_;
  return std::make_shared<const std::vector<VerificationKey>>();
}

bool KeyRing::is_fetching(Clock::time_point now) const {
  return fetching_until_ && now < *fetching_until_;
}

bool KeyRing::is_due(bool known, Clock::time_point now) const {
  if (fixed_ || is_fetching(now) || (not_before_ && now < *not_before_)) return false;
  return !known || doubted_ || !got_ || now - *got_ >= kFresh;
}

SignedTokens::Need KeyRing::need(bool known, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  SignedTokens::Need need;
  need.fetch = is_due(known, now);
  if (need.fetch) {
    fetching_until_ = now + kFetchTime;
    doubted_ = false;
    not_before_ = now + kPause;
  }
  need.wait = !known && is_fetching(now);
  return need;
}

void KeyRing::put(std::optional<std::vector<VerificationKey>> keys, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  fetching_until_.reset();
  if (!keys) {
    not_before_ = now + kPauseAfterFailure;
    return;
  }
  keys_ = std::make_shared<const std::vector<VerificationKey>>(std::move(*keys));
  got_ = now;
}

void KeyRing::doubt() {
  const std::lock_guard lock(mutex_);
  doubted_ = true;
}

}  // namespace dockerhub
