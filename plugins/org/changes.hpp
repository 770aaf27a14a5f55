// What has to change for an organization to be as its rows say. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "roster.hpp"
#include "wanted.hpp"

namespace dockerhub::org {

struct Change {
  enum class Kind { invite, set_role, join, leave, remove };
  Kind kind = Kind::invite;
  std::string member;
  std::string role;  // invite, set_role
  std::string team;  // invite (may be empty), join, leave
};

std::string_view kind_name(Change::Kind kind);
// Takes something away from somebody.
bool takes_away(const Change& change);

// Whoever joins comes before whoever leaves. remove_others: members who are in no row leave.
std::vector<Change> changes_for(const std::vector<Wanted>& wanted, const Roster& roster,
                                bool remove_others);

}  // namespace dockerhub::org
