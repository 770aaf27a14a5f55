#include "tokens/scope.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

struct ActionRight {
  std::string_view action;
  Right right;
};
constexpr std::array<ActionRight, 4> kActions = {{{"pull", Right::pull},
                                                  {"push", Right::push},
                                                  {"delete", Right::remove_image},
                                                  {"*", Right::remove_image}}};

bool may_pull_public(const GrantRequest& request, const Scope& wanted) {
  if (!request.caller && !request.anonymous_pull) return false;
  if (request.store == nullptr) return true;
  const Repository* repository = request.store->find(wanted.name);
  return repository != nullptr && !repository->is_private;
}

bool is_granted(const GrantRequest& request, const Scope& wanted, std::string_view action) {
  if (action == "pull" && wanted.type == "repository" && may_pull_public(request, wanted))
    return true;
  if (!request.caller) return false;
  const auto row = std::find_if(kActions.begin(), kActions.end(),
                                [&](const ActionRight& known) { return known.action == action; });
  if (row == kActions.end()) return false;
  if (request.store == nullptr) return request.caller->reach >= reach_for(row->right);
  return wanted.type == "repository" &&
         request.accounts.may(*request.caller, wanted.name, row->right);
}

}  // namespace

std::string Scope::text() const {
  std::string list;
  for (const std::string& action : actions) list += (list.empty() ? "" : ",") + action;
  return type + ':' + name + ':' + list;
}

bool Scope::has(std::string_view action) const {
  return std::any_of(actions.begin(), actions.end(),
                     [&](const std::string& held) { return held == action || held == "*"; });
}

std::optional<Scope> read_scope(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t last = text.rfind(':');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  Scope scope;
  const std::string_view type = text.substr(0, first);
  scope.type = type.substr(0, type.find('('));
  scope.name = text.substr(first + 1, last - first - 1);
  std::string_view actions = text.substr(last + 1);
  while (!actions.empty()) {
    const std::string_view action = actions.substr(0, actions.find(','));
    if (!action.empty()) scope.actions.emplace_back(action);
    actions.remove_prefix(std::min(action.size() + 1, actions.size()));
  }
  return scope;
}

JsonText access_claim(const std::vector<Scope>& scopes) {
  std::vector<JsonText> entries;
  entries.reserve(scopes.size());
  for (const Scope& scope : scopes) {
    entries.push_back(JsonText::object({{"type", scope.type},
                                        {"name", scope.name},
                                        {"actions", JsonText::strings(scope.actions)}}));
  }
  return JsonText::array(entries);
}

std::optional<Scope> grant(const GrantRequest& request, const Scope& wanted) {
  Scope granted{wanted.type, wanted.name, {}};
  for (const std::string& action : wanted.actions) {
    if (is_granted(request, wanted, action)) granted.actions.push_back(action);
  }
  if (granted.actions.empty()) return std::nullopt;
  return granted;
}

}  // namespace dockerhub::sandbox
