// The numbers of sealed states whose consents were used: each consent works once. Entries are
// dropped when the state has expired anyway, so the set stays as small as the traffic of ten
// minutes. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace dockerhub {

class UsedStates {
 public:
  using Clock = std::chrono::system_clock;

  // True the first time that this number is used; false ever after.
  bool use(const std::string& number, Clock::time_point expires);

 private:
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> used_;
};

}  // namespace dockerhub
