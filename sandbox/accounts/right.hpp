// What can be done with a repository, and what a user's secret or an organization's token has to hold
// for it. Free functions over constants; any thread.
#pragma once

#include <string_view>

#include "accounts/reach.hpp"

namespace dockerhub::sandbox {

enum class Right {
  pull,
  push,
  remove_image,
  read,
  edit,
  administer,
  read_tags,
  remove_tags,
  assign_teams,
  set_immutable_tags,
};

Reach reach_for(Right right);
std::string_view scope_for(Right right);

}  // namespace dockerhub::sandbox
