// A member of an organization as SCIM sees it, and its attributes (RFC 7643 4.1; Docker's "scim_user").
// Free functions over plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/accounts.hpp"
#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

inline constexpr std::string_view kUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

struct ScimUser {
  const Account* account = nullptr;
  const Member* member = nullptr;
  std::vector<std::string> teams;
};

std::vector<ScimUser> scim_users(const Accounts& accounts, const Organization& organization);

// The values of an attribute that filters and orders may name ("userName", "name.givenName", in any
// case of letters), as texts; nullopt: there is no such attribute.
std::optional<std::vector<std::string>> attribute_values(const ScimUser& user,
                                                         std::string_view attribute);

// `base` is the URL of the users; `attributes`, where it is not empty, lists the members that are told
// besides id and schemas.
JsonText scim_user_json(const ScimUser& user, const std::string& base,
                        const std::vector<std::string>& attributes);

}  // namespace dockerhub::sandbox
