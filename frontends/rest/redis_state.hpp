// The state that all copies of the server share, in Redis. What is kept there is sealed, and its keys are hashes of the
// caller and of the account that the server works with; neither tokens nor secrets of answers are in it. Of
// StateBounds the bytes of all are Redis's own matter (maxmemory).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/shared_store.hpp"
#include "server/shared_used_states.hpp"
#include "state_bounds.hpp"

namespace dockerhub::rest {

class RedisState : public State {
 public:
  explicit RedisState(std::shared_ptr<SharedStore> store, const StateBounds& bounds = {})
      : store_(std::move(store)), bounds_(bounds), used_(store_) {}

  Result<bool> use(const std::string& number, Clock::time_point expires) override {
    return used_.use(number, expires);
  }

  Result<void> keep(Approval approval) override;
  Result<std::optional<Approval>> find(const std::string& id) override;
  Result<bool> take(const std::string& id) override;
  Result<bool> decide(const std::string& id, bool approved, const std::string& by) override;
  Result<std::vector<Approval>> approvals() override;

  // A server that dies leaves its request running until it is old: nobody knows what became of it.
  Result<Beginning> begin(const std::string& principal, const std::string& key,
                          const std::string& digest) override;
  Result<void> finish(const std::string& key, const std::string& attempt,
                      KeptAnswer answer) override;
  Result<void> forget(const std::string& key, const std::string& attempt) override;

 private:
  struct Kind;
  struct Entry;
  static const Kind kApprovals, kAnswers;

  // fields: name and value of each in turn.
  Result<StoreReply> add(const Kind& kind, const Entry& entry, std::vector<std::string> fields);
  Result<bool> remove(const Kind& kind, const std::string& key, const std::string& attempt);
  // What Redis's clock says now.
  Result<std::chrono::milliseconds> time_there();
  std::optional<Approval> approval_of(const std::string& key, const StoreReply& value,
                                      const StoreReply& decision) const;
  Result<Beginning> beginning_of(const std::string& key, const std::string& digest,
                                 const StoreReply& there) const;

  const std::shared_ptr<SharedStore> store_;
  const StateBounds bounds_;
  server::SharedUsedStates used_;
};

}  // namespace dockerhub::rest
