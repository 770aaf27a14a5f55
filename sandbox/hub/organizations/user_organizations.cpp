#include "hub/organizations/handlers.hpp"
#include "hub/organizations/member_json.hpp"

namespace dockerhub::sandbox {
namespace {

JsonText organization_json(const Organization& organization, const Account& account,
                           std::string_view user) {
  return JsonText::object({{"id", account.uuid},
                           {"uuid", account.uuid},
                           {"orgname", organization.name},
                           {"full_name", account.full_name()},
                           {"location", ""},
                           {"company", ""},
                           {"profile_url", ""},
                           {"date_joined", rfc3339(account.joined)},
                           {"gravatar_email", ""},
                           {"gravatar_url", ""},
                           {"type", "Organization"},
                           {"badge", ""},
                           {"is_active", true},
                           {"user_role", told_role(*organization.role(user))},
                           {"user_groups", JsonText::strings(organization.teams_of(user))},
                           {"org_groups_count", organization.teams.size()},
                           {"plan_name", "business"},
                           {"parent_name", nullptr}});
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
