#include "hub/routes.hpp"

#include <array>

#include "hub/auth/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<HubRow, 13> kRows = {{
    {"POST", "/v2/users/login", HubAccess::open, "", &log_in},
    {"POST", "/v2/users/2fa-login", HubAccess::open, "", &log_in_second_factor},
    {"POST", "/v2/auth/token", HubAccess::open, "", &create_bearer},
    {"POST", "/v2/access-tokens", HubAccess::user, "", &create_personal_token},
    {"GET", "/v2/access-tokens", HubAccess::user, "", &list_personal_tokens},
    {"PATCH", "/v2/access-tokens/{uuid}", HubAccess::user, "", &update_personal_token},
    {"GET", "/v2/access-tokens/{uuid}", HubAccess::user, "", &get_personal_token},
    {"DELETE", "/v2/access-tokens/{uuid}", HubAccess::user, "", &delete_personal_token},
    {"POST", "/v2/orgs/{org_name}/access-tokens", HubAccess::owner, "", &create_organization_token},
    {"GET", "/v2/orgs/{org_name}/access-tokens", HubAccess::owner, "", &list_organization_tokens},
    {"GET", "/v2/orgs/{org_name}/access-tokens/{access_token_id}", HubAccess::owner, "",
     &get_organization_token},
    {"PATCH", "/v2/orgs/{org_name}/access-tokens/{access_token_id}", HubAccess::owner, "",
     &update_organization_token},
    {"DELETE", "/v2/orgs/{org_name}/access-tokens/{access_token_id}", HubAccess::owner, "",
     &delete_organization_token},
}};

}  // namespace

std::span<const HubRow> auth_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
