// Who is an editor: Docker Hub's list of members calls editors members, and only its filter tells them apart.
// Source: Docker Hub API, "org_member" (`role`) and the query `role` of the list.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <set>
#include <string>
#include <string_view>

namespace dockerhub::org {

using Editors = std::set<std::string>;  // folded user names

// Nobody, with a warning, where Docker Hub does not heed the filter. A list that does not end is the error of
// the call.
sdk::Reply<Editors> read_editors(sdk::Context& ctx, std::string_view org);

// Whether a member with the role that the list tells is one of them.
bool is_editor(const Editors& editors, std::string_view username, std::string_view told_role);

}  // namespace dockerhub::org
