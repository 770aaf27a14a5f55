#include "exchange/quota.hpp"

#include <algorithm>

namespace dockerhub::sandbox {

Quota::State Quota::take(const std::string& caller, std::int64_t limit, std::int64_t cost) {
  const UnixTime time = now();
  Count& count = counts_[caller];
  if (count.reset <= time) count = {time + window_, 0};
  State state;
  state.exceeded = cost > 0 && count.used + cost > limit;
  if (!state.exceeded) count.used += cost;
  state.limit = limit;
  state.remaining = std::max<std::int64_t>(limit - count.used, 0);
  state.reset = count.reset;
  return state;
}

}  // namespace dockerhub::sandbox
