#include "refused_options.hpp"

#include <array>

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kProxy =
    "This server is no authorization server. Use --auth-type remote-oauth with one of yours, or a "
    "proxy that logs in before a --listen unix:PATH.";
constexpr std::string_view kPolicy =
    "Access policies of others are not asked. Use --read-only, --disabled-tools, or tokens with "
    "scopes.";
constexpr std::string_view kDelegation =
    "Calls run with the account of the server. Start one server for each account.";
constexpr std::string_view kOpenApi =
    "Actions come from modules, not from a document. See `dockerhub plugin list`.";

constexpr auto kRefused = std::to_array<RefusedOption>({
    {"--oauth-upstream-auth-endpoint", true, kProxy},
    {"--oauth-upstream-token-endpoint", true, kProxy},
    {"--oauth-upstream-client-id", true, kProxy},
    {"--oauth-upstream-client-secret", true, kProxy},
    {"--oauth-base-url", true, kProxy},
    {"--oidc-config-url", true, kProxy},
    {"--oidc-client-id", true, kProxy},
    {"--oidc-client-secret", true, kProxy},
    {"--oidc-base-url", true, kProxy},
    {"--allowed-client-redirect-uris", true, kProxy},
    {"--eunomia-type", true, kPolicy},
    {"--eunomia-policy-file", true, kPolicy},
    {"--eunomia-remote-url", true, kPolicy},
    {"--enable-delegation", false, kDelegation},
    {"--audience", true, kDelegation},
    {"--delegated-scopes", true, kDelegation},
    {"--openapi-file", true, kOpenApi},
    {"--openapi-base-url", true, kOpenApi},
    {"--openapi-use-token", false, kOpenApi},
    {"--openapi-username", true, kOpenApi},
    {"--openapi-password", true, kOpenApi},
    {"--openapi-client-id", true, kOpenApi},
    {"--openapi-client-secret", true, kOpenApi},
});

}  // namespace

std::span<const RefusedOption> refused_options() {
  return kRefused;
}

}  // namespace dockerhub::mcp
