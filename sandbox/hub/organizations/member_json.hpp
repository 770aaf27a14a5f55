// Users, members of an organization and those who are invited, as the management API tells of them.
// Free functions over plain values.
#pragma once

#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

// What users and organizations tell of themselves alike; most of it is empty in a sandbox.
std::vector<JsonText::Member> profile_members(const Account& account);

// The schema "user", without `email`.
std::vector<JsonText::Member> user_members(const Account& account);

// The schema "org_member". What only owners see of it is left out for others.
JsonText member_json(const Organization& organization, const Account& account, const Member& member,
                     bool for_owner);
JsonText invitee_json(const Invite& invite, const Account* account);

// "Owner", "Member": how members are told. An editor is told as a member.
std::string_view told_role(Role role);

}  // namespace dockerhub::sandbox
