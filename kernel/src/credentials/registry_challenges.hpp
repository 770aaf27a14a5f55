// What registries asked for the last time, so that the next request need not be refused first. At most 256 of
// them. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "http/url.hpp"

namespace dockerhub {

struct RegistryChallenge {
  bool basic = false;  // else a token of this service:
  http::Url realm;
  std::string service;
};

class RegistryChallenges {
 public:
  std::optional<RegistryChallenge> of(const http::Origin& registry) const;
  void learn(const http::Origin& registry, RegistryChallenge challenge);

 private:
  static constexpr std::size_t kMost = 256;

  mutable std::mutex mutex_;
  std::map<std::string, RegistryChallenge> challenges_;  // by the text of the origin
};

}  // namespace dockerhub
