#include <algorithm>

#include "base/pattern.hpp"
#include "encoding/digest.hpp"
#include "hub/gate.hpp"
#include "hub/organizations/handlers.hpp"
#include "hub/organizations/invitation.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kInvited = "invited";

bool is_address(const std::string& text) {
  static const std::string pattern = "[^@\\s]+@[^@\\s]+\\.[^@\\s.]+";
  return matches(pattern, text);
}

bool is_invited(const Organization& organization, const std::string& invitee) {
  return std::any_of(organization.invites.begin(), organization.invites.end(),
                     [&](const Invite& invite) { return invite.invitee == invitee; });
}

// What becomes of one invitee: the texts of the document's example, and one for whom was asked before.
std::string_view status_of(HubCall& call, const std::string& invitee) {
  const Account* account = is_address(invitee) ? call.world.accounts.find_by_email(invitee)
                                               : call.world.accounts.find(invitee);
  const bool known = account != nullptr && !account->organization;
  if (known && call.organization->role(account->name)) return "existing_org_member";
  if (!known && !is_address(invitee)) return "invalid_email_or_docker_id";
  if (is_invited(*call.organization, invitee)) return "existing_invite";
  return kInvited;
}

struct Wanted {
  std::vector<std::string> invitees;
  std::string team;
  Role role = Role::member;
  bool dry_run = false;
};

Invite& add_invite(HubCall& call, const Wanted& wanted, const std::string& invitee) {
  call.note(call.organization->name, "org.member.invite.send", call.organization->name,
            {{"invitee", invitee}});
  return call.organization->invites.emplace_back(
      Invite{random_uuid(), call.caller->account, invitee, wanted.team, wanted.role, now()});
}

JsonText invitee_json(HubCall& call, const Wanted& wanted, const std::string& invitee) {
  const std::string_view status = status_of(call, invitee);
  std::vector<JsonText::Member> members = {{"invitee", invitee}, {"status", status}};
  if (status == kInvited && !wanted.dry_run)
    members.push_back(
        {"invite", invite_json(*call.organization, add_invite(call, wanted, invitee))});
  return JsonText::object(members);
}

// Conflict: more invitations than the organization has room for.
bool is_full(HubCall& call, const Wanted& wanted) {
  const auto seats = static_cast<std::size_t>(call.world.settings.seats);
  const auto fresh = static_cast<std::size_t>(std::count_if(
      wanted.invitees.begin(), wanted.invitees.end(),
      [&](const std::string& invitee) { return status_of(call, invitee) == kInvited; }));
  const std::size_t taken = call.organization->members.size() + call.organization->invites.size();
  return seats > 0 && fresh > 0 && taken + fresh > seats;
}

std::optional<Answer> refuse_body(HubCall& call, Wanted& wanted) {
  const auto invitees = call.body_texts("invitees");
  if (!invitees || invitees->empty())
    return hub_member_error("invitees", "invitees has to be a list of addresses or Docker IDs");
  wanted.invitees = *invitees;
  wanted.team = call.body_text("team");
  if (!wanted.team.empty() && call.organization->team(wanted.team) == nullptr)
    return hub_member_error("team", "there is no such team");
  const std::optional<Role> role =
      call.body_has("role") ? role_of(call.body_text("role")) : Role::member;
  if (!role) return hub_member_error("role", "role has to be owner, editor or member");
  wanted.role = *role;
  wanted.dry_run = json::flag_of(call.body, "dry_run");
  return std::nullopt;
}

}  // namespace

Answer bulk_invite(HubCall& call) {
  call.organization = call.world.accounts.organization(call.body_text("org"));
  if (call.organization == nullptr) return hub_member_error("org", "there is no such organization");
  if (auto refusal = refuse_non_owner(call, *call.organization, "scope-invite-edit"))
    return *std::move(refusal);
  Wanted wanted;
  if (auto refusal = refuse_body(call, wanted)) return *std::move(refusal);
  if (is_full(call, wanted)) return hub_error(409, "the organization has no seats left");
  std::vector<JsonText> invitees;
  for (const std::string& invitee : wanted.invitees)
    invitees.push_back(invitee_json(call, wanted, invitee));
  return json_answer(
      202, JsonText::object(
               {{"invitees", JsonText::object({{"invitees", JsonText::array(invitees)}})}}));
}

}  // namespace dockerhub::sandbox
