#include "accounts/token_scope.hpp"

#include <array>

namespace dockerhub::sandbox {
namespace {

struct ScopeRow {
  std::string_view scope;
  ScopeKind kind;
  std::string_view includes;
};
constexpr std::array<ScopeRow, 24> kScopes = {{
    {"scope-image-pull", ScopeKind::repository, ""},
    {"scope-image-push", ScopeKind::repository, "scope-image-pull"},
    {"scope-image-delete", ScopeKind::repository, "scope-image-push"},
    {"scope-repository-read", ScopeKind::repository, ""},
    {"scope-repository-edit", ScopeKind::repository, "scope-repository-read"},
    {"scope-repository-admin", ScopeKind::repository, "scope-repository-edit"},
    {"scope-tag-read", ScopeKind::repository, ""},
    {"scope-tag-admin", ScopeKind::repository, "scope-tag-read"},
    {"scope-webhook-read", ScopeKind::repository, ""},
    {"scope-webhook-edit", ScopeKind::repository, "scope-webhook-read"},
    {"scope-webhook-admin", ScopeKind::repository, "scope-webhook-edit"},
    {"scope-repo-group-read", ScopeKind::repository, ""},
    {"scope-repo-group-edit", ScopeKind::repository, "scope-repo-group-read"},
    {"scope-repo-group-admin", ScopeKind::repository, "scope-repo-group-edit"},
    {"scope-repository-settings-admin", ScopeKind::repository, ""},
    {"scope-member-read", ScopeKind::organization, ""},
    {"scope-member-edit", ScopeKind::organization, "scope-member-read"},
    {"scope-invite-read", ScopeKind::organization, ""},
    {"scope-invite-edit", ScopeKind::organization, "scope-invite-read"},
    {"scope-group-read", ScopeKind::organization, ""},
    {"scope-group-edit", ScopeKind::organization, "scope-group-read"},
    {"scope-activity-read", ScopeKind::organization, ""},
    {"scope-repository-create", ScopeKind::organization, ""},
    {"scope-repository-list", ScopeKind::organization, ""},
}};

const ScopeRow* find(std::string_view scope) {
  for (const ScopeRow& row : kScopes) {
    if (row.scope == scope) return &row;
  }
  return nullptr;
}

}  // namespace

bool is_token_scope(std::string_view scope, ScopeKind kind) {
  const ScopeRow* row = find(scope);
  return row != nullptr && row->kind == kind;
}

bool scope_includes(std::string_view held, std::string_view wanted) {
  for (const ScopeRow* row = find(held); row != nullptr; row = find(row->includes)) {
    if (row->scope == wanted) return true;
  }
  return false;
}

}  // namespace dockerhub::sandbox
