#include "config/replaced_variables.hpp"

#include <algorithm>
#include <array>

namespace dockerhub {
namespace {

constexpr std::string_view kOneAccount =
    "Calls run with the account of the server: start one for each account.";
constexpr std::string_view kOwnPolicy =
    "Set MCP_READ_ONLY or MCP_DISABLED_TOOLS, or give callers tokens with scopes.";
constexpr std::string_view kOwnProxy =
    "This server is no authorization server: set AUTH_TYPE=remote-oauth and "
    "MCP_REMOTE_AUTH_SERVERS.";

constexpr auto kReplaced = std::to_array<ReplacedVariable>({
    {"AUDIENCE", false, kOneAccount},
    {"DELEGATED_SCOPES", true, kOneAccount},
    {"EUNOMIA_POLICY_FILE", true, kOwnPolicy},
    {"EUNOMIA_REMOTE_URL", true, kOwnPolicy},
    {"KEYCLOAK_CLIENT_ID", false, kOwnProxy},
    {"KEYCLOAK_CLIENT_SECRET", false, kOwnProxy},
    {"KEYCLOAK_REALM", false, kOwnProxy},
    {"KEYCLOAK_URL", false, kOwnProxy},
    {"OIDC_BASE_URL", false, kOwnProxy},
    {"OIDC_CLIENT_ID", false, kOwnProxy},
    {"OIDC_CLIENT_SECRET", false, kOwnProxy},
    {"OIDC_CONFIG_URL", false, kOwnProxy},
});

}  // namespace

std::span<const ReplacedVariable> replaced_variables() {
  return kReplaced;
}

const ReplacedVariable* find_replaced_variable(std::string_view variable) {
  const auto* const found =
      std::find_if(kReplaced.begin(), kReplaced.end(),
                   [variable](const ReplacedVariable& row) { return row.variable == variable; });
  return found == kReplaced.end() ? nullptr : found;
}

}  // namespace dockerhub
