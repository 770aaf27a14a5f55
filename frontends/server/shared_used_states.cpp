#include "shared_used_states.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace dockerhub::server {

Result<bool> SharedUsedStates::use(const std::string& number, Clock::time_point expires) {
  using std::chrono::milliseconds;
  const auto life = std::chrono::ceil<milliseconds>(expires - Clock::now());
  const std::string life_text = std::to_string(std::max<std::int64_t>(life.count(), 1));
  const std::vector<std::string> words = {"SET",    store_->key("used", number), "1", "NX", "PX",
                                          life_text};
  const auto reply = store_->ask(words);
  if (!reply) return Failure(reply.error());
  // It answers nothing where there is one.
  return reply->is_text("OK");
}

}  // namespace dockerhub::server
