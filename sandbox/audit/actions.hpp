// The actions of the audit log, by group, as a table: what the Hub lists to filter by. The names are
// those of Docker's "Docker HUB API"; of the groups that a sandbox never logs there are a few only.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dockerhub::sandbox {

struct AuditAction {
  std::string_view group;  // "repo"
  std::string_view name;   // "tag.push"
  std::string_view label;
};

// Rows of one group stand together.
std::span<const AuditAction> audit_actions();
std::string_view audit_group_label(std::string_view group);

// The label of "group.name"; the text itself where there is no such action.
std::string audit_label(std::string_view action);

}  // namespace dockerhub::sandbox
