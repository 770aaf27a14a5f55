// The keys of an issuer, which changes them from time to time: when they are asked for anew, and which ones
// count meanwhile. Any thread; nothing waits.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "dockerhub/signed_tokens.hpp"
#include "signed_tokens/verification_key.hpp"

namespace dockerhub {

class KeyRing {
 public:
  using Clock = std::chrono::steady_clock;
  using Keys = std::shared_ptr<const std::vector<VerificationKey>>;

  // Between two requests for the keys, whatever strangers send.
  static constexpr std::chrono::seconds kPause{60};
  // The same after one that failed.
  static constexpr std::chrono::seconds kPauseAfterFailure{5};
  // The longest that one may take; then whoever was told to fetch has come to grief.
  static constexpr std::chrono::seconds kFetchTime{15};
  // So long a key that the issuer took back may still count.
  static constexpr std::chrono::minutes kFresh{5};
  // The same while the issuer cannot be reached.
  static constexpr std::chrono::minutes kLongest{60};

  // Fixed keys: never fetched.
  explicit KeyRing(std::vector<VerificationKey> keys);
  // Of an issuer: none yet.
  KeyRing() = default;

  // Empty where there are none, or where they are too old.
  Keys keys(Clock::time_point now) const;

  // known: whether the token's key is among keys(). Whoever is told to fetch calls put() when it is done.
  SignedTokens::Need need(bool known, Clock::time_point now);
  // nullopt: they could not be had.
  void put(std::optional<std::vector<VerificationKey>> keys, Clock::time_point now);
  // A signature by a key of this ring was wrong: the issuer may have put another in its place.
  void doubt();

 private:
  bool is_fetching(Clock::time_point now) const;
  bool is_due(bool known, Clock::time_point now) const;

  const bool fixed_ = false;
  mutable std::mutex mutex_;
  Keys keys_ = std::make_shared<const std::vector<VerificationKey>>();
  std::optional<Clock::time_point> got_, not_before_, fetching_until_;
  bool doubted_ = false;
};

}  // namespace dockerhub
