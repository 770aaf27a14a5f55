#include "changes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "hub/names.hpp"

namespace dockerhub::org {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& other) {
    return hub::folded(other) == hub::folded(name);
  });
}

void compare(const Wanted& wanted, const Member& member, std::vector<Change>& changes) {
  using Kind = Change::Kind;
  if (!wanted.role.empty() && wanted.role != member.role)
    changes.push_back({Kind::set_role, member.username, wanted.role, {}, member.role});
  if (!wanted.teams) return;
  for (const std::string& team : *wanted.teams) {
    if (!is_owners_team(team) && !contains(member.teams, team))
      changes.push_back({Kind::join, member.username, {}, team});
  }
  for (const std::string& team : member.teams) {
    if (!is_owners_team(team) && !contains(*wanted.teams, team))
      changes.push_back({Kind::leave, member.username, {}, team});
  }
}

// Higher may do more; a role that nobody knows may do everything.
std::size_t rank_of(std::string_view role) {
  constexpr std::array<std::string_view, 3> kRoles = {"member", "editor", "owner"};
  return static_cast<std::size_t>(std::find(kRoles.begin(), kRoles.end(), role) - kRoles.begin());
}

// There is always an owner, and the caller is one for as long as it changes others: who becomes one comes before
// who is one no longer, and the caller gives up its own role after all else.
int turn_of(const Change& change, const std::string& own) {
  constexpr int kTakesNothing = 0;
  constexpr int kOthers = 1;
  constexpr int kOwnTeams = 2;
  constexpr int kOwnRole = 3;
  if (!takes_away(change) && !lowers_role(change)) return kTakesNothing;
  if (own.empty() || change.member != own) return kOthers;
  return change.kind == Change::Kind::leave ? kOwnTeams : kOwnRole;
}

// An invitation leads into one team; the others follow when it is accepted.
Change invitation(const Wanted& wanted) {
  Change change{
      Change::Kind::invite, wanted.member, wanted.role.empty() ? "member" : wanted.role, {}};
  if (!wanted.teams) return change;
  for (const std::string& team : *wanted.teams) {
    if (is_owners_team(team)) continue;
    if (change.team.empty()) {
      change.team = team;
    } else {
      change.later.push_back(team);
    }
  }
  return change;
}

}  // namespace

std::string_view kind_name(Change::Kind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"invite", "set_role", "join", "leave",
                                                      "remove"};
  return kNames.at(static_cast<std::size_t>(kind));
}

bool takes_away(const Change& change) {
  return change.kind == Change::Kind::leave || change.kind == Change::Kind::remove;
}

bool lowers_role(const Change& change) {
  return change.kind == Change::Kind::set_role && rank_of(change.role) < rank_of(change.old_role);
}

bool is_owners_team(std::string_view team) {
  return hub::folded(team) == "owners";
}

std::optional<std::string> conflict_in(const std::vector<Wanted>& wanted, const Roster& roster) {
  std::map<std::string_view, std::string_view> rows;  // user name to the name in the row
  for (const Wanted& row : wanted) {
    const Member* member = roster.find(hub::folded(row.member));
    if (member == nullptr) continue;
    const auto [first, is_new] = rows.emplace(member->username, row.member);
    if (!is_new)
      return "'" + std::string(first->second) + "' and '" + row.member + "' are one member";
  }
  return std::nullopt;
}

std::vector<Change> changes_for(const std::vector<Wanted>& wanted, const Roster& roster,
                                bool remove_others, const std::string& own) {
  std::vector<Change> changes;
  std::set<std::string> kept;
  for (const Wanted& row : wanted) {
    const std::string name = hub::folded(row.member);
    const Member* member = roster.find(name);
    if (member != nullptr) {
      kept.insert(member->username);
      compare(row, *member, changes);
    } else if (roster.invited.count(name) == 0) {
      changes.push_back(invitation(row));
    }
  }
  for (const Member& member : roster.members) {
    if (remove_others && kept.count(member.username) == 0)
      changes.push_back({Change::Kind::remove, member.username, {}, {}});
  }
  std::stable_sort(changes.begin(), changes.end(), [&](const Change& one, const Change& other) {
    return turn_of(one, own) < turn_of(other, own);
  });
  return changes;
}

}  // namespace dockerhub::org
