// What the registries hold and who belongs to which organization, as JSON, for tests that prove that something changed or did not.
#pragma once

#include "accounts/accounts.hpp"
#include "encoding/json_text.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

JsonText store_json(const Store& store);
// By organization: the members with their roles, the teams with their members, the invited.
JsonText organizations_json(const Accounts& accounts);

}  // namespace dockerhub::sandbox
