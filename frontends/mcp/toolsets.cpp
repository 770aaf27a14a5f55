#include "toolsets.hpp"

#include <array>
#include <string_view>

namespace dockerhub::mcp {
namespace {

// One tool or action ("tool.action") of a set; a set may have several rows.
struct ToolsetRow {
  std::string_view setting;
  std::string_view name;
};

constexpr auto kToolsets = std::to_array<ToolsetRow>({
    {"toolset.access_tokens", "hub_auth.create_pat"},
    {"toolset.access_tokens", "hub_auth.delete_pat"},
    {"toolset.access_tokens", "hub_auth.get_pat"},
    {"toolset.access_tokens", "hub_auth.list_pats"},
    {"toolset.access_tokens", "hub_auth.rotate_pat"},
    {"toolset.access_tokens", "hub_auth.update_pat"},
    {"toolset.audit_logs", "hub_audit"},
    {"toolset.groups", "hub_teams"},
    {"toolset.org_access_tokens", "hub_auth.create_oat"},
    {"toolset.org_access_tokens", "hub_auth.delete_oat"},
    {"toolset.org_access_tokens", "hub_auth.get_oat"},
    {"toolset.org_access_tokens", "hub_auth.list_oats"},
    {"toolset.org_access_tokens", "hub_auth.update_oat"},
    {"toolset.orgs", "hub_org"},
    {"toolset.repositories", "hub_repos"},
});

}  // namespace

std::vector<std::string> switched_off(const Configuration& configuration) {
  std::vector<std::string> names;
  for (const ToolsetRow& row : kToolsets) {
    if (!configuration.flag(row.setting)) names.emplace_back(row.name);
  }
  return names;
}

}  // namespace dockerhub::mcp
