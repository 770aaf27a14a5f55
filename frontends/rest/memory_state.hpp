// The state of one server alone, in its memory.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "state.hpp"

namespace dockerhub::rest {

class MemoryState : public State {
 public:
  // Of each kind; what comes beyond is refused.
  static constexpr std::size_t kMost = 10'000;

  Result<bool> use(const std::string& number, Clock::time_point expires) override;

  Result<void> keep(Approval approval) override;
  Result<std::optional<Approval>> find(const std::string& id) override;
  Result<bool> take(const std::string& id) override;
  Result<bool> decide(const std::string& id, bool approved) override;
  Result<std::vector<Approval>> approvals() override;

  Result<Beginning> begin(const std::string& key, const std::string& digest) override;
  Result<void> finish(const std::string& key, KeptAnswer answer) override;
  Result<void> forget(const std::string& key) override;

 private:
  struct Record {
    std::string digest;
    Clock::time_point expires;
    std::optional<KeptAnswer> answer;  // none: it runs
  };

  void drop_old();

  std::mutex mutex_;
  std::map<std::string, Approval> approvals_;
  std::map<std::string, Record> records_;
  std::map<std::string, Clock::time_point> used_;
};

}  // namespace dockerhub::rest
