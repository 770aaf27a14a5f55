#include "hub/organizations/invitation.hpp"

namespace dockerhub::sandbox {

JsonText invite_json(const Organization& organization, const Invite& invite) {
  return JsonText::object({{"id", invite.id},
                           {"inviter_username", invite.inviter},
                           {"invitee", invite.invitee},
                           {"org", organization.name},
                           {"team", invite.team},
                           {"role", role_name(invite.role)},
                           {"created_at", rfc3339(invite.created)}});
}

Organization* organization_of_invite(World& world, std::string_view id) {
  for (auto& [name, organization] : world.accounts.organizations()) {
    if (find_invite(organization, id) != nullptr) return &organization;
  }
  return nullptr;
}

Invite* find_invite(Organization& organization, std::string_view id) {
  for (Invite& invite : organization.invites) {
    if (invite.id == id) return &invite;
  }
  return nullptr;
}

std::string accept_invite(World& world, Organization& organization, std::string_view id) {
  const Invite invite = *find_invite(organization, id);
  Account* account = world.accounts.find(invite.invitee);
  if (account == nullptr) account = world.accounts.find_by_email(invite.invitee);
  if (account == nullptr) account = &world.accounts.add_user(invite.invitee);
  const std::string name = account->name;
  organization.members[name] = Member{invite.role, now(), now(), true};
  Team* team = organization.team(invite.team);
  if (team != nullptr && team->name != kOwners) team->members.insert(name);
  std::erase_if(organization.invites, [&](const Invite& known) { return known.id == invite.id; });
  world.audit.add(
      {organization.name, "org.member.add", organization.name, name, {{"member", name}}});
  return name;
}

}  // namespace dockerhub::sandbox
