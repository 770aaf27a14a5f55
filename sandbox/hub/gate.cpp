#include "hub/gate.hpp"

#include "hub/bearer.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;

Refusal not_signed_in(bool tried) {
  return {kUnauthorized, tried ? "Unauthorized: the bearer token is not valid"
                               : "Authentication credentials were not provided"};
}

bool reads(const HubCall& call) {
  return call.request.method == "GET" || call.request.method == "HEAD";
}

std::optional<Refusal> refuse_reach(const HubCall& call) {
  const Reach needed = reads(call) ? Reach::read : Reach::admin;
  if (call.caller->secret != SecretKind::personal_token || call.caller->reach >= needed)
    return std::nullopt;
  return Refusal{kForbidden, "the personal access token does not reach that: it needs " +
                                 std::string(reach_name(needed))};
}

std::optional<Refusal> refuse_organization_token(const HubCall& call, std::string_view name,
                                                 std::string_view scope) {
  if (scope.empty())
    return Refusal{kForbidden, "token issued from organization access token is not allowed"};
  if (call.caller->account == name && call.world.accounts.token_holds(*call.caller, scope))
    return std::nullopt;
  return Refusal{kForbidden, "the organization access token lacks " + std::string(scope)};
}

std::optional<Refusal> refuse_role(const HubCall& call, const Organization& organization,
                                   Role needed, std::string_view scope) {
  if (call.caller->secret == SecretKind::organization_token)
    return refuse_organization_token(call, organization.name, scope);
  const std::optional<Role> role = organization.role(call.caller->account);
  if (!role) return Refusal{kForbidden, "you are not a member of the organization"};
  if (*role < needed) return Refusal{kForbidden, "only owners of the organization may do that"};
  return refuse_reach(call);
}

std::optional<Refusal> find_provisioned(HubCall& call) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string header = call.request.header("Authorization").value_or("");
  if (header.starts_with(scheme)) {
    const std::string_view bearer = std::string_view(header).substr(scheme.size());
    for (auto& [name, organization] : call.world.accounts.organizations()) {
      if (!organization.scim_token.empty() && organization.scim_token == bearer)
        call.organization = &organization;
    }
  }
  if (call.organization != nullptr) return std::nullopt;
  return not_signed_in(!header.empty());
}

std::optional<Refusal> refuse_bearer(HubCall& call, HubAccess access) {
  const auto authorization = call.request.header("Authorization");
  if (authorization) call.caller = read_bearer(call.world, *authorization);
  if (call.caller || (!authorization && access == HubAccess::anonymous)) return std::nullopt;
  return not_signed_in(authorization.has_value());
}

std::optional<Refusal> refuse_user(const HubCall& call, const HubRow& row) {
  if (call.caller->secret == SecretKind::organization_token)
    return refuse_organization_token(call, "", row.scope);
  return refuse_reach(call);
}

}  // namespace

std::optional<Refusal> refuse_caller(HubCall& call, const HubRow& row) {
  if (row.access == HubAccess::open) return std::nullopt;
  if (row.access == HubAccess::provisioning) return find_provisioned(call);
  if (std::optional<Refusal> refusal = refuse_bearer(call, row.access)) return refusal;
  if (row.access == HubAccess::user) return refuse_user(call, row);
  if (row.access != HubAccess::member && row.access != HubAccess::owner) return std::nullopt;
  call.organization = call.world.accounts.organization(call.value("org_name"));
  if (call.organization == nullptr) return Refusal{kNotFound, "the organization is not found"};
  return refuse_role(call, *call.organization,
                     row.access == HubAccess::owner ? Role::owner : Role::member, row.scope);
}

std::optional<Answer> refuse_non_owner(const HubCall& call, const Organization& organization,
                                       std::string_view scope) {
  const std::optional<Refusal> refusal = refuse_role(call, organization, Role::owner, scope);
  if (!refusal) return std::nullopt;
  return hub_error(refusal->status, refusal->message);
}

bool sees_as_owner(const HubCall& call) {
  return call.caller->secret == SecretKind::organization_token ||
         call.organization->role(call.caller->account) == Role::owner;
}

}  // namespace dockerhub::sandbox
