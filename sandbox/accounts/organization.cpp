#include "accounts/organization.hpp"

#include <algorithm>
#include <array>

#include "encoding/digest.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"member", "editor", "owner"};

}  // namespace

std::string_view role_name(Role role) {
  return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> role_of(std::string_view name) {
  const auto found = std::find(kRoles.begin(), kRoles.end(), name);
  if (found == kRoles.end()) return std::nullopt;
  return static_cast<Role>(found - kRoles.begin());
}

std::optional<Role> Organization::role(std::string_view user) const {
  const auto found = members.find(user);
  if (found == members.end() || !found->second.active) return std::nullopt;
  return found->second.role;
}

bool Organization::is_last_owner(std::string_view user) const {
  if (role(user) != Role::owner) return false;
  return std::none_of(members.begin(), members.end(), [&](const auto& entry) {
    return entry.first != user && role(entry.first) == Role::owner;
  });
}

void Organization::remove_member(std::string_view user) {
  const auto found = members.find(user);
  if (found != members.end()) members.erase(found);
  for (Team& team : teams) {
    const auto listed = team.members.find(user);
    if (listed != team.members.end()) team.members.erase(listed);
  }
}

Team* Organization::team(std::string_view team_name) {
  for (Team& team : teams) {
    if (team.name == team_name) return &team;
  }
  return nullptr;
}

Team& Organization::add_team(const std::string& team_name, const std::string& description) {
  return teams.emplace_back(Team{++last_team, random_uuid(), team_name, description, {}});
}

void Organization::remove_team(std::string_view team_name) {
  const Team* gone = team(team_name);
  if (gone == nullptr) return;
  for (auto& [repository, reaches] : team_reach) reaches.erase(gone->id);
  std::erase_if(teams, [&](const Team& team) { return team.name == team_name; });
}

std::vector<std::string> Organization::members_of(const Team& team) const {
  if (team.name != kOwners) return {team.members.begin(), team.members.end()};
  std::vector<std::string> names;
  for (const auto& [user, member] : members) {
    if (role(user) == Role::owner) names.push_back(user);
  }
  return names;
}

std::vector<std::string> Organization::teams_of(std::string_view user) const {
  std::vector<std::string> names;
  for (const Team& team : teams) {
    const bool listed =
        team.name == kOwners ? role(user) == Role::owner : team.members.contains(user);
    if (listed) names.push_back(team.name);
  }
  return names;
}

std::optional<Reach> Organization::reach_by_team(std::string_view user,
                                                 std::string_view repository) const {
  const auto given = team_reach.find(repository);
  if (given == team_reach.end()) return std::nullopt;
  std::optional<Reach> most;
  for (const Team& team : teams) {
    const auto reach = given->second.find(team.id);
    if (reach != given->second.end() && team.members.contains(user))
      most = std::max(most.value_or(reach->second), reach->second);
  }
  return most;
}

OrganizationToken* Organization::token(std::string_view id) {
  for (OrganizationToken& token : tokens) {
    if (token.id == id) return &token;
  }
  return nullptr;
}

const OrganizationToken* Organization::token(std::string_view id) const {
  return const_cast<Organization*>(this)->token(id);
}

}  // namespace dockerhub::sandbox
