#include "audit/actions.hpp"

#include <array>

namespace dockerhub::sandbox {
namespace {

struct Group {
  std::string_view name;
  std::string_view label;
};
constexpr std::array<Group, 5> kGroups = {{{"billing", "Billing"},
                                           {"enterprise", "Enterprise"},
                                           {"oidc", "OIDC"},
                                           {"org", "Organization"},
                                           {"repo", "Repository"}}};

constexpr std::array<AuditAction, 27> kActions = {{
    {"billing", "plan.upgrade", "Plan Upgraded"},
    {"billing", "plan.seat_add", "Seat Added"},
    {"enterprise", "sso.connection.create", "Create SSO Connection"},
    {"enterprise", "sso.connection.scim_token_refresh", "Refresh SCIM Token"},
    {"oidc", "connection.create", "OIDC connection created"},
    {"oidc", "connection.delete", "OIDC connection deleted"},
    {"org", "create", "Organization Created"},
    {"org", "member.add", "Organization Member Added"},
    {"org", "member.remove", "Organization Member Removed"},
    {"org", "member.role.change", "Member Role Changed"},
    {"org", "member.invite.send", "Org Member Invited"},
    {"org", "team.create", "Team Created"},
    {"org", "team.update", "Team Updated"},
    {"org", "team.delete", "Team Deleted"},
    {"org", "team.member.add", "Team Member Added"},
    {"org", "team.member.remove", "Team Member Removed"},
    {"org", "settings.update", "Organization Settings Updated"},
    {"org", "access_token.create", "Access token created"},
    {"org", "access_token.update", "Access token updated"},
    {"org", "access_token.delete", "Access token deleted"},
    {"repo", "create", "Repository Created"},
    {"repo", "update", "Repository Updated"},
    {"repo", "delete", "Repository Deleted"},
    {"repo", "change_privacy", "Privacy Changed"},
    {"repo", "immutable.tags.updated", "Immutable Tags Updated"},
    {"repo", "tag.push", "Tag Pushed"},
    {"repo", "tag.delete", "Tag Deleted"},
}};

}  // namespace

std::span<const AuditAction> audit_actions() {
  return kActions;
}

std::string_view audit_group_label(std::string_view group) {
  for (const Group& known : kGroups) {
    if (known.name == group) return known.label;
  }
  return group;
}

std::string audit_label(std::string_view action) {
  for (const AuditAction& known : kActions) {
    if (std::string(known.group) + '.' + std::string(known.name) == action)
      return std::string(known.label);
  }
  return std::string(action);
}

}  // namespace dockerhub::sandbox
