#include "hub/routes.hpp"

#include <array>

#include "hub/audit/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<HubRow, 2> kRows = {{
    {"GET", "/v2/auditlogs/{account}/actions", HubAccess::signed_in, "", &list_audit_actions},
    {"GET", "/v2/auditlogs/{account}", HubAccess::signed_in, "", &list_audit_logs},
}};

}  // namespace

std::span<const HubRow> audit_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
