// What calls to a sandbox change: who there is, what was done, what the registries hold. A plain value, so that
// what was there at the start can be kept and brought back.
#pragma once

#include "accounts/accounts.hpp"
#include "audit/audit_log.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

struct Contents {
  Accounts accounts;
  AuditLog audit;
  Store store;         // of the registry; the Hub manages its repositories
  Store second_store;  // of the second registry
};

}  // namespace dockerhub::sandbox
