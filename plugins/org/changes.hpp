// What has to change for an organization to be as its rows say. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "roster.hpp"
#include "wanted.hpp"

namespace dockerhub::org {

struct Change {
  enum class Kind { invite, set_role, join, leave, remove };
  Kind kind = Kind::invite;
  std::string member;
  std::string role;                  // invite, set_role
  std::string team;                  // invite (may be empty), join, leave
  std::string old_role{};            // set_role: as Docker Hub lists it
  std::vector<std::string> later{};  // invite: the teams that wait until it is accepted
};

std::string_view kind_name(Change::Kind kind);
// Somebody leaves a team or the organization.
bool takes_away(const Change& change);
// A role that may do less than the one before it, or takes the place of one that nobody knows.
bool lowers_role(const Change& change);

// Docker Hub's own team of an organization: being in it is the role owner.
bool is_owners_team(std::string_view team);

// Two rows that name one member, by Docker ID and by address, in words; nullopt: there are none.
std::optional<std::string> conflict_in(const std::vector<Wanted>& wanted, const Roster& roster);

// What takes nothing away and lowers nobody comes first, and what `own`, the caller's user name (empty: not
// known), loses comes last. remove_others: members who are in no row leave. The owners' team follows the role
// and is neither joined nor left by `teams`.
std::vector<Change> changes_for(const std::vector<Wanted>& wanted, const Roster& roster,
                                bool remove_others, const std::string& own);

}  // namespace dockerhub::org
