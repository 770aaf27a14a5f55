// Which consents were used, kept where all copies of a server look. Any thread.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "dockerhub/shared_store.hpp"

namespace dockerhub::server {

class SharedUsedStates : public UsedStates {
 public:
  explicit SharedUsedStates(std::shared_ptr<SharedStore> store) : store_(std::move(store)) {}

  Result<bool> use(const std::string& number, Clock::time_point expires) override;

 private:
  const std::shared_ptr<SharedStore> store_;
};

}  // namespace dockerhub::server
