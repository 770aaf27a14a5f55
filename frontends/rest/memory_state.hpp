// The state of one server alone, in its memory.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "state_bounds.hpp"

namespace dockerhub::rest {

class MemoryState : public State {
 public:
  explicit MemoryState(const StateBounds& bounds = {}) : bounds_(bounds) {}

  Result<bool> use(const std::string& number, Clock::time_point expires) override;

  Result<void> keep(Approval approval) override;
  Result<std::optional<Approval>> find(const std::string& id) override;
  Result<bool> take(const std::string& id) override;
  Result<bool> decide(const std::string& id, bool approved, const std::string& by) override;
  Result<std::vector<Approval>> approvals() override;

  Result<Beginning> begin(const std::string& principal, const std::string& key,
                          const std::string& digest) override;
  Result<void> finish(const std::string& key, const std::string& attempt,
                      KeptAnswer answer) override;
  Result<void> forget(const std::string& key, const std::string& attempt) override;

 private:
  struct Record {
    std::string principal, digest, attempt;
    Clock::time_point expires;
    std::optional<KeptAnswer> answer;  // none: it runs
  };

  static std::size_t size_of(const std::string& key, const Record& record);
  void drop_old();
  // Of that principal, or of all.
  std::size_t kept_bytes(const std::string* principal = nullptr) const;
  template <typename Kept>
  Result<void> check_place(const std::map<std::string, Kept>& kept, const std::string& principal,
                           std::size_t more, const char* what) const;

  const StateBounds bounds_;
  std::mutex mutex_;
  std::map<std::string, Approval> approvals_;
  std::map<std::string, Record> records_;
  std::map<std::string, Clock::time_point> used_;
  std::uint64_t attempts_ = 0;
};

}  // namespace dockerhub::rest
