#include "hub/organizations/handlers.hpp"
#include "hub/organizations/member_json.hpp"

namespace dockerhub::sandbox {
namespace {

JsonText organization_json(const Organization& organization, const Account& account,
                           std::string_view user) {
  std::vector<JsonText::Member> members = profile_members(account);
  members.push_back({"id", account.uuid});
  members.push_back({"orgname", organization.name});
  members.push_back({"type", "Organization"});
  members.push_back({"badge", ""});
  members.push_back({"is_active", true});
  members.push_back({"user_role", told_role(*organization.role(user))});
  members.push_back({"user_groups", JsonText::strings(organization.teams_of(user))});
  members.push_back({"org_groups_count", organization.teams.size()});
  members.push_back({"plan_name", "business"});
  members.push_back({"parent_name", nullptr});
  return JsonText::object(members);
}

}  // namespace

Answer list_user_organizations(HubCall& call) {
  const std::string& user = call.caller->account;
  std::vector<const Organization*> list;
  for (const auto& [name, organization] : call.world.accounts.organizations()) {
    if (organization.role(user)) list.push_back(&organization);
  }
  return hub_page(call, list.size(), [&](std::size_t index) {
    const Organization& organization = *list[index];
    return organization_json(organization, *call.world.accounts.find(organization.name), user);
  });
}

}  // namespace dockerhub::sandbox
