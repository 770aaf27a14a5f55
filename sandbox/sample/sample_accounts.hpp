// The accounts, organizations and audit events with which every sandbox begins (docs/sandbox.md lists
// them). Names are of things, not of persons; secrets have the shapes of Docker's and open nothing but a
// sandbox.
#pragma once

#include <string_view>

#include "accounts/accounts.hpp"
#include "audit/audit_log.hpp"

namespace dockerhub::sandbox {

// The account that the printed environment lines sign in, and the bearer for provisioning.
inline constexpr std::string_view kSampleUser = "sandbox";
inline constexpr std::string_view kSampleToken = "dckr_pat_SandboxAdmin0000000000000000";
inline constexpr std::string_view kSampleScimToken = "sandbox-scim-bearer-0000000000000000";

Accounts sample_accounts();
AuditLog sample_audit_log();

}  // namespace dockerhub::sandbox
