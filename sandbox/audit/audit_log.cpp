#include "audit/audit_log.hpp"

namespace dockerhub::sandbox {

void AuditLog::add(AuditEvent event) {
  if (event.time == 0) event.time = now();
  events_.push_front(std::move(event));
  if (events_.size() > kMost) events_.pop_back();
}

}  // namespace dockerhub::sandbox
