#include "call/steps.hpp"

namespace dockerhub {

void audit(const Services& services, const CallView& view, const CallResult& result,
           std::chrono::microseconds time) {
  if (!services.hooks.audit) return;
  try {
    services.hooks.audit(view, result, time);
  } catch (const std::exception& exception) {
    services.log->write(LogLevel::error, std::string("the audit hook failed: ") + exception.what());
  } catch (...) {
    services.log->write(LogLevel::error, "the audit hook failed");
  }
}

}  // namespace dockerhub
