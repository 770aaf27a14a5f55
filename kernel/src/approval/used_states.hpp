// The numbers of used states in memory. Entries are dropped when the state has expired anyway, so the set
// stays as small as the traffic of ten minutes. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

class UsedStatesInMemory : public UsedStates {
 public:
  // Never fails.
  Result<bool> use(const std::string& number, Clock::time_point expires) override;

 private:
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> used_;
};

}  // namespace dockerhub
