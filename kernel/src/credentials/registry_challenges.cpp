#include "credentials/registry_challenges.hpp"

namespace dockerhub {

std::optional<RegistryChallenge> RegistryChallenges::of(const http::Origin& registry) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = challenges_.find(registry.text());
  return found == challenges_.end() ? std::nullopt : std::optional(found->second);
}

void RegistryChallenges::learn(const http::Origin& registry, RegistryChallenge challenge) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (challenges_.size() >= kMost) challenges_.clear();
  challenges_[registry.text()] = std::move(challenge);
}

}  // namespace dockerhub
