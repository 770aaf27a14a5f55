#include "interruption.hpp"

#include <chrono>

namespace dockerhub::registry {

sdk::Status wait_before_repeat(sdk::Context& ctx, int failures, sdk::Status reason) {
  constexpr int kMost = 5;
  constexpr std::chrono::milliseconds kFirst{200};
  if (failures >= kMost) return reason;
  return ctx.pause(kFirst * (1 << failures));
}

}  // namespace dockerhub::registry
