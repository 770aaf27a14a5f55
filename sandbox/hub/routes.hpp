// What the Hub's management API answers: tables of routes, one a group of Docker's document, each in
// the folder of its group. A further operation is a row and its handler.
#pragma once

#include <span>
#include <string_view>

#include "hub/call.hpp"

namespace dockerhub::sandbox {

// Who may ask. A personal token has to reach repo:read to read and repo:admin to write where more than
// a bearer is asked for.
enum class HubAccess {
  open,          // an Authorization header is passed over
  anonymous,     // a bearer is taken where there is one
  signed_in,     // any bearer; the handler decides
  user,          // of a user, not of an organization's token
  member,        // of the organization {org_name}
  owner,         // likewise
  provisioning,  // a SCIM bearer
};

struct HubRow {
  std::string_view method;
  std::string_view path;
  HubAccess access;
  std::string_view
      scope;  // that an organization's token needs as a member or owner; empty: none will do
  Answer (*handler)(HubCall& call);
};

struct HubGroup {
  std::span<const HubRow> rows;
  // How the group says no before a handler is reached.
  Answer (*refuse)(int status, std::string_view message);
};

std::span<const HubGroup> hub_groups();

// One of them each, in <group>/routes.cpp.
std::span<const HubRow> auth_routes();
std::span<const HubRow> repository_routes();
std::span<const HubRow> organization_routes();
std::span<const HubRow> team_routes();
std::span<const HubRow> audit_routes();
std::span<const HubRow> scim_routes();

}  // namespace dockerhub::sandbox
