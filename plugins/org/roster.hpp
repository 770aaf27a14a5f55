// Who is in an organization now, and who is invited.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace dockerhub::org {

struct Member {
  std::string username, role;  // role in lower case
  std::vector<std::string> teams;
};

struct Roster {
  std::vector<Member> members;
  std::map<std::string, std::size_t> by_name;  // folded user name or address to members
  std::set<std::string> invited;               // folded

  const Member* find(const std::string& folded_name) const {
    const auto found = by_name.find(folded_name);
    return found == by_name.end() ? nullptr : &members[found->second];
  }
};

sdk::Reply<Roster> read_roster(sdk::Context& ctx, std::string_view org);

}  // namespace dockerhub::org
