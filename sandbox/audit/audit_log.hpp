// What was done in which account, by whom: the events that the Hub's audit log tells. The newest first;
// at most kMost are kept. Not thread-safe: used under the lock of the reception.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "encoding/times.hpp"

namespace dockerhub::sandbox {

struct AuditEvent {
  std::string account;  // the user or organization that it is about
  std::string action;   // with its group: "repo.tag.push"
  std::string name;     // of the repository, or of the organization
  std::string actor;
  std::vector<std::pair<std::string, std::string>> data = {};
  UnixTime time = 0;  // 0: now
};

class AuditLog {
 public:
  static constexpr std::size_t kMost = 50'000;

  void add(AuditEvent event);
  const std::deque<AuditEvent>& events() const { return events_; }

 private:
  std::deque<AuditEvent> events_;
};

}  // namespace dockerhub::sandbox
