#include "hub/gate.hpp"
#include "hub/organizations/handlers.hpp"
#include "hub/organizations/invitation.hpp"

namespace dockerhub::sandbox {
namespace {

// Finds the organization of the invitation in the path, whose owners alone may touch it.
std::optional<Answer> refuse_invite(HubCall& call) {
  call.organization = organization_of_invite(call.world, call.value("id"));
  if (call.organization == nullptr) return hub_error(404, "the invite is not found");
  return refuse_non_owner(call, *call.organization, "scope-invite-edit");
}

}  // namespace

Answer list_invites(HubCall& call) {
  std::vector<JsonText> list;
  for (const Invite& invite : call.organization->invites)
    list.push_back(invite_json(*call.organization, invite));
  return json_answer(200, JsonText::object({{"data", JsonText::array(list)}}));
}

Answer delete_invite(HubCall& call) {
  if (auto refusal = refuse_invite(call)) return *std::move(refusal);
  std::erase_if(call.organization->invites,
                [&](const Invite& invite) { return invite.id == call.value("id"); });
  return empty_answer(204);
}

Answer resend_invite(HubCall& call) {
  if (auto refusal = refuse_invite(call)) return *std::move(refusal);
  const Invite* invite = find_invite(*call.organization, call.value("id"));
  call.note(call.organization->name, "org.member.invite.send", call.organization->name,
            {{"invitee", invite->invitee}});
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
