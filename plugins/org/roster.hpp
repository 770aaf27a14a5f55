// Who is in an organization now, and who is invited.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/names.hpp"

namespace dockerhub::org {

struct Member {
  std::string username, role;  // role in lower case; an editor where Docker Hub tells
  std::vector<std::string> teams;
};

struct Roster {
  std::vector<Member> members;
  std::map<std::string, std::size_t> by_name;  // folded user name or address to members
  std::set<std::string> invited;               // folded
  bool hides_addresses = false;                // of one member at least: only owners see them

  const Member* find(const std::string& folded_name) const {
    const auto found = by_name.find(folded_name);
    return found == by_name.end() ? nullptr : &members[found->second];
  }
  // A member, or invited.
  bool knows(std::string_view name) const {
    const std::string folded = hub::folded(name);
    return find(folded) != nullptr || invited.count(folded) > 0;
  }
};

// A list that does not end is the error of the call.
sdk::Reply<Roster> read_roster(sdk::Context& ctx, std::string_view org);

}  // namespace dockerhub::org
