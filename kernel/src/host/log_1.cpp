#include "host/host.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

LogLevel level_of(int32_t level) {
  return static_cast<LogLevel>(std::clamp<int32_t>(level, DH_LOG_DEBUG, DH_LOG_EMERGENCY));
}

void write(const dh_host* host, int32_t level, dh_str text) {
  if (host == nullptr) return;
  try {
    HostState& state = state_of(host);
    state.services.log->write(level_of(level), state.module + ": " + std::string(view(text)));
  } catch (...) {
    // A log line is never worth a failed call.
    return;
  }
}

void tell(dh_call* call, int32_t level, dh_str text) {
  (void)guarded(call, [&](RunningCall& running) {
    const Services& services = running.services();
    const std::string clean = running.redaction().text(text_of(text));
    const Caller& caller = running.frame().caller;
    const LogLevel told = level_of(level);
    if (caller.log && caller.log_level && told >= *caller.log_level)
      caller.log(told, running.tool(), clean);
    services.log->write(told, std::string(running.tool()) + ": " + clean,
                        running.frame().view.request_id);
    return DH_OK;
  });
}

}  // namespace

const dh_log_1 kLog1 = {sizeof(dh_log_1), 0, write, tell};

}  // namespace dockerhub
