// What callers of the Python package dockerhub-api 0.2.0 say still works: each action under its name,
// with its parameters, and none more required than there.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "built_manifest.hpp"

namespace dockerhub {
namespace {

struct OldParameter {
  std::string name;
  bool is_required = false;
};

struct OldAction {
  std::string tool, name, verbose_name;
  bool is_gated = false;
  std::vector<OldParameter> parameters;
};

OldAction action_in(const std::string& line) {
  std::istringstream words(line);
  OldAction action;
  words >> action.tool >> action.name >> action.verbose_name;
  action.is_gated = action.name.front() == '!';
  if (action.is_gated) action.name.erase(0, 1);
  for (std::string word; words >> word;) {
    const bool is_required = word.back() == '*';
    if (is_required) word.pop_back();
    action.parameters.push_back({word, is_required});
  }
  return action;
}

std::vector<OldAction> old_actions() {
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/tests/unit/hub_modules/actions-0.2.0.txt");
  std::vector<OldAction> actions;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') actions.push_back(action_in(line));
  }
  return actions;
}

// nullptr: there is no such module, or it has no such action.
const Action* present_action(const OldAction& old) {
  if (!std::filesystem::exists(DOCKERHUB_BUILD_DIR "/lib/dockerhub/plugins/" + old.tool + ".so"))
    return nullptr;
  return test::built_manifest(old.tool).tools.at(0).find_action(old.name);
}

const OldParameter* old_parameter(const OldAction& old, const Action& action,
                                  const Parameter& parameter) {
  const auto found = std::find_if(
      old.parameters.begin(), old.parameters.end(),
      [&](const OldParameter& known) { return action.find_parameter(known.name) == &parameter; });
  return found == old.parameters.end() ? nullptr : &*found;
}

void expect_same(const OldAction& old, const Action& action) {
  EXPECT_EQ(action.verbose_name, old.verbose_name);
  if (old.is_gated) {
    EXPECT_EQ(action.effect, Effect::destructive);
  }
  for (const OldParameter& parameter : old.parameters) {
    EXPECT_NE(action.find_parameter(parameter.name), nullptr) << parameter.name;
  }
  for (const Parameter& parameter : action.parameters) {
    if (!parameter.required) continue;
    const OldParameter* known = old_parameter(old, action, parameter);
    EXPECT_TRUE(known != nullptr && known->is_required) << parameter.name << " is required now";
  }
}

TEST(Compatibility, HoldsForEveryAction) {
  const std::vector<OldAction> actions = old_actions();
  ASSERT_EQ(actions.size(), 81U);
  std::size_t present = 0;
  for (const OldAction& old : actions) {
    SCOPED_TRACE(old.tool + " " + old.name);
    const Action* action = present_action(old);
    EXPECT_NE(action, nullptr) << "is gone";
    if (action == nullptr) continue;
    ++present;
    expect_same(old, *action);
  }
  std::cout << "actions of 0.2.0: " << present << " of " << actions.size() << "\n";
}

TEST(Compatibility, HoldsForTheNamesThatDockersDocumentGivesParameters) {
  struct Alias {
    const char *tool, *action, *alias, *name;
  };
  constexpr Alias kAliases[] = {
      {"hub_auth", "get_oat", "org_name", "org"},
      {"hub_auth", "get_oat", "access_token_id", "token_id"},
      {"hub_auth", "create_oat", "name", "org"},
      {"hub_org", "get_settings", "name", "org"},
      {"hub_org", "list_members", "type", "member_type"},
      {"hub_org", "delete_invite", "id", "invite_id"},
      {"hub_repos", "set_immutable_tags", "immutable_tags", "enabled"},
      {"hub_repos", "set_immutable_tags", "immutable_tags_rules", "rules"},
      {"hub_teams", "add_member", "username", "member"},
      {"hub_teams", "list", "org_name", "org"},
      {"hub_audit", "logs", "from", "from_date"},
      {"hub_audit", "logs", "to", "to_date"},
      {"hub_scim", "schema", "id", "schema_id"},
      {"hub_scim", "get_user", "id", "user_id"},
      {"hub_scim", "list_users", "startIndex", "start_index"},
      {"hub_scim", "list_users", "sortOrder", "sort_order"},
      {"hub_scim", "create_user", "userName", "user_name"},
      {"hub_scout", "sbom", "format", "sbom_format"},
      {"hub_scout", "compare", "base", "base_ref"},
      {"hub_scout", "compare", "target", "target_ref"}};
  for (const Alias& alias : kAliases) {
    SCOPED_TRACE(std::string(alias.tool) + " " + alias.action + " " + alias.alias);
    OldAction old;
    old.tool = alias.tool;
    old.name = alias.action;
    const Action* action = present_action(old);
    ASSERT_NE(action, nullptr);
    const Parameter* parameter = action->find_parameter(alias.alias);
    ASSERT_NE(parameter, nullptr);
    EXPECT_EQ(parameter->name, alias.name);
  }
}

}  // namespace
}  // namespace dockerhub
