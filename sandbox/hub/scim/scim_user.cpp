#include "hub/scim/scim_user.hpp"

#include <strings.h>

#include <algorithm>
#include <array>

namespace dockerhub::sandbox {
namespace {

bool same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

using Values = std::vector<std::string>;

struct Row {
  std::string_view name;
  Values (*values)(const ScimUser& user);
};
constexpr std::array<Row, 11> kAttributes = {{
    {"id", [](const ScimUser& user) { return Values{user.account->uuid}; }},
    {"userName", [](const ScimUser& user) { return Values{user.account->email}; }},
    {"displayName", [](const ScimUser& user) { return Values{user.account->name}; }},
    {"name.givenName", [](const ScimUser& user) { return Values{user.account->given_name}; }},
    {"name.familyName", [](const ScimUser& user) { return Values{user.account->family_name}; }},
    {"active", [](const ScimUser& user) { return Values{user.member->active ? "true" : "false"}; }},
    {"emails", [](const ScimUser& user) { return Values{user.account->email}; }},
    {"emails.value", [](const ScimUser& user) { return Values{user.account->email}; }},
    {"groups.display", [](const ScimUser& user) { return user.teams; }},
    {"meta.created", [](const ScimUser& user) { return Values{rfc3339(user.member->joined)}; }},
    {"meta.lastModified",
     [](const ScimUser& user) { return Values{rfc3339(user.member->modified)}; }},
}};

JsonText groups_json(const ScimUser& user) {
  std::vector<JsonText> groups;
  for (const std::string& team : user.teams)
    groups.push_back(JsonText::object({{"value", team}, {"display", team}}));
  return JsonText::array(groups);
}

std::vector<JsonText::Member> whole_user(const ScimUser& user, const std::string& base) {
  const Account& account = *user.account;
  const JsonText email =
      JsonText::object({{"value", account.email}, {"display", account.email}, {"primary", true}});
  return {{"schemas", JsonText::strings({std::string(kUserSchema)})},
          {"id", account.uuid},
          {"userName", account.email},
          {"name", JsonText::object(
                       {{"givenName", account.given_name}, {"familyName", account.family_name}})},
          {"displayName", account.name},
          {"active", user.member->active},
          {"emails", JsonText::array({email})},
          {"groups", groups_json(user)},
          {"meta", JsonText::object({{"resourceType", "User"},
                                     {"location", base + '/' + account.uuid},
                                     {"created", rfc3339(user.member->joined)},
                                     {"lastModified", rfc3339(user.member->modified)}})}};
}

// "name.givenName" asks for the member `name`.
bool is_asked_for(std::string_view member, const std::vector<std::string>& attributes) {
  if (attributes.empty() || member == "id" || member == "schemas") return true;
  return std::any_of(attributes.begin(), attributes.end(), [&](const std::string& attribute) {
    return same_name(std::string_view(attribute).substr(0, attribute.find('.')), member);
  });
}

}  // namespace

std::vector<ScimUser> scim_users(const Accounts& accounts, const Organization& organization) {
  std::vector<ScimUser> users;
  for (const auto& [name, member] : organization.members)
    users.push_back({accounts.find(name), &member, organization.teams_of(name)});
  return users;
}

std::optional<std::vector<std::string>> attribute_values(const ScimUser& user,
                                                         std::string_view attribute) {
  for (const Row& row : kAttributes) {
    if (same_name(row.name, attribute)) return row.values(user);
  }
  return std::nullopt;
}

JsonText scim_user_json(const ScimUser& user, const std::string& base,
                        const std::vector<std::string>& attributes) {
  std::vector<JsonText::Member> members = whole_user(user, base);
  std::erase_if(members, [&](const JsonText::Member& member) {
    return !is_asked_for(member.key, attributes);
  });
  return JsonText::object(members);
}

}  // namespace dockerhub::sandbox
