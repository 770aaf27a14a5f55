#include "hub/organizations/member_json.hpp"

#include <algorithm>

namespace dockerhub::sandbox {
namespace {

// "The UUID trimmed": without its hyphens.
std::string trimmed(std::string uuid) {
  uuid.erase(std::remove(uuid.begin(), uuid.end(), '-'), uuid.end());
  return uuid;
}

void add_private(std::vector<JsonText::Member>& members, const std::string& email, bool for_owner) {
  if (!for_owner) return;
  members.push_back({"email", email});
  members.push_back({"primary_email", email});
}

}  // namespace

std::string_view told_role(Role role) {
  return role == Role::owner ? "Owner" : "Member";
}

std::vector<JsonText::Member> profile_members(const Account& account) {
  return {{"uuid", account.uuid}, {"full_name", account.full_name()},
          {"location", ""},       {"company", ""},
          {"profile_url", ""},    {"date_joined", rfc3339(account.joined)},
          {"gravatar_email", ""}, {"gravatar_url", ""}};
}

std::vector<JsonText::Member> user_members(const Account& account) {
  std::vector<JsonText::Member> members = profile_members(account);
  members.push_back({"id", trimmed(account.uuid)});
  members.push_back({"username", account.name});
  members.push_back({"type", "User"});
  return members;
}

JsonText member_json(const Organization& organization, const Account& account, const Member& member,
                     bool for_owner) {
  std::vector<JsonText::Member> members = user_members(account);
  add_private(members, account.email, for_owner);
  members.push_back({"role", told_role(member.role)});
  members.push_back({"groups", JsonText::strings(organization.teams_of(account.name))});
  members.push_back({"is_guest", false});
  members.push_back({"last_logged_in_at", rfc3339(member.modified)});
  members.push_back({"last_seen_at", rfc3339(member.modified)});
  members.push_back({"last_desktop_version", ""});
  return JsonText::object(members);
}

JsonText invitee_json(const Invite& invite, const Account* account) {
  std::vector<JsonText::Member> members;
  if (account != nullptr) {
    members = user_members(*account);
    add_private(members, account->email, true);
  } else {
    members = {{"id", ""}, {"username", ""}, {"full_name", ""}, {"type", "User"}};
    add_private(members, invite.invitee, true);
  }
  std::vector<std::string> teams;
  if (!invite.team.empty()) teams.push_back(invite.team);
  members.push_back({"role", "Invitee"});
  members.push_back({"groups", JsonText::strings(teams)});
  members.push_back({"is_guest", false});
  return JsonText::object(members);
}

}  // namespace dockerhub::sandbox
