// What the operations on one team share. Free functions over a call.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// The team that the path names; nullptr: there is none.
inline Team* named_team(const HubCall& call) {
  return call.organization->team(call.value("group_name"));
}

inline Answer no_team() {
  return hub_error(404, "the group is not found");
}

inline void note_team(const HubCall& call, std::string_view action, const std::string& team,
                      std::vector<std::pair<std::string, std::string>> data = {}) {
  data.emplace_back("team", team);
  call.note(call.organization->name, action, call.organization->name, std::move(data));
}

}  // namespace dockerhub::sandbox
