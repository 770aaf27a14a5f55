#include "hub/routes.hpp"

#include <array>

#include "hub/scim/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr HubAccess kAccess = HubAccess::provisioning;

constexpr std::array<HubRow, 9> kRows = {{
    {"GET", "/v2/scim/2.0/ServiceProviderConfig", kAccess, "", &get_service_provider_config},
    {"GET", "/v2/scim/2.0/ResourceTypes", kAccess, "", &list_resource_types},
    {"GET", "/v2/scim/2.0/ResourceTypes/{name}", kAccess, "", &get_resource_type},
    {"GET", "/v2/scim/2.0/Schemas", kAccess, "", &list_schemas},
    {"GET", "/v2/scim/2.0/Schemas/{id}", kAccess, "", &get_schema},
    {"GET", "/v2/scim/2.0/Users", kAccess, "", &list_scim_users},
    {"POST", "/v2/scim/2.0/Users", kAccess, "", &create_scim_user},
    {"GET", "/v2/scim/2.0/Users/{id}", kAccess, "", &get_scim_user},
    {"PUT", "/v2/scim/2.0/Users/{id}", kAccess, "", &replace_scim_user},
}};

}  // namespace

std::span<const HubRow> scim_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
