#include <algorithm>
#include <limits>
#include <utility>

#include "hub/scim/answers.hpp"
#include "hub/scim/filter.hpp"
#include "hub/scim/handlers.hpp"
#include "hub/scim/scim_user.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::int64_t kCount = 10;
constexpr std::int64_t kMostCount = 200;
constexpr std::int64_t kMostIndex = std::numeric_limits<std::int32_t>::max();
// Where provisioning puts people.
constexpr std::string_view kCompanyTeam = "company";

std::string users_url(const HubCall& call) {
  return call.request.origin + "/v2/scim/2.0/Users";
}

std::vector<std::string> asked_attributes(const HubCall& call) {
  std::vector<std::string> names;
  std::string name;
  for (const char letter : call.query.text("attributes") + ',') {
    if (letter != ',') {
      if (letter != ' ') name += letter;
    } else if (!name.empty()) {
      names.push_back(std::exchange(name, {}));
    }
  }
  return names;
}

Answer user_answer(const HubCall& call, int status, const Account& account) {
  const Organization& organization = *call.organization;
  const ScimUser user{&account, &organization.members.find(account.name)->second,
                      organization.teams_of(account.name)};
  return scim_answer(status, scim_user_json(user, users_url(call), asked_attributes(call)));
}

// The refusal of a filter that is none; leaves those that fit.
std::optional<Answer> keep_fitting(const HubCall& call, std::vector<ScimUser>& users) {
  const auto text = call.query.value("filter");
  if (!text) return std::nullopt;
  const Result<ScimFilter> filter = ScimFilter::parse(*text);
  if (!filter) return scim_bad_request("invalidFilter", filter.error().message);
  std::erase_if(users, [&](const ScimUser& user) {
    return !filter->fits(
        [&](std::string_view attribute) { return attribute_values(user, attribute); });
  });
  return std::nullopt;
}

std::optional<Answer> sort_users(const HubCall& call, std::vector<ScimUser>& users) {
  const std::string order = call.query.text("sortOrder"), by = call.query.text("sortBy");
  if (!order.empty() && order != "ascending" && order != "descending")
    return scim_bad_request("invalidValue", "sortOrder has to be ascending or descending");
  if (by.empty()) return std::nullopt;
  if (!users.empty() && !attribute_values(users.front(), by))
    return scim_bad_request("invalidPath", "sortBy names no attribute that can be sorted by");
  std::stable_sort(users.begin(), users.end(), [&](const ScimUser& one, const ScimUser& other) {
    return attribute_values(one, by) < attribute_values(other, by);
  });
  if (order == "descending") std::reverse(users.begin(), users.end());
  return std::nullopt;
}

JsonText page_json(const HubCall& call, const std::vector<ScimUser>& users, std::int64_t start,
                   std::int64_t count) {
  const auto total = static_cast<std::int64_t>(users.size());
  std::vector<JsonText> page;
  for (std::int64_t i = start - 1; i < std::min(start - 1 + count, total); ++i)
    page.push_back(scim_user_json(users[static_cast<std::size_t>(i)], users_url(call),
                                  asked_attributes(call)));
  return JsonText::object(
      {{"schemas", JsonText::strings({"urn:ietf:params:scim:api:messages:2.0:ListResponse"})},
       {"totalResults", total},
       {"startIndex", start},
       {"itemsPerPage", page.size()},
       {call.world.settings.scim_list, JsonText::array(page)}});
}

std::optional<Answer> refuse_schemas(const HubCall& call) {
  const auto schemas = call.body_texts("schemas");
  if (schemas && std::find(schemas->begin(), schemas->end(), kUserSchema) != schemas->end())
    return std::nullopt;
  return scim_bad_request("invalidValue", "schemas has to list " + std::string(kUserSchema));
}

// A name is changed, never cleared.
void take_name(const HubCall& call, Account& account) {
  const json::Value* name = json::find(call.body, "name");
  if (name == nullptr) return;
  const std::string_view given = json::text_of(*name, "givenName");
  const std::string_view family = json::text_of(*name, "familyName");
  if (!given.empty()) account.given_name = given;
  if (!family.empty()) account.family_name = family;
}

Account* named_user(const HubCall& call) {
  Account* account = call.world.accounts.find_by_uuid(call.value("id"));
  if (account == nullptr || !call.organization->members.contains(account->name)) return nullptr;
  return account;
}

Answer no_user() {
  return scim_error(404, "the user is not found");
}

}  // namespace

Answer list_scim_users(HubCall& call) {
  const auto start = bounded(call.query, "startIndex", 1, kMostIndex);
  if (!start) return scim_bad_request("invalidValue", "startIndex has to be 1 or more");
  const auto count = bounded(call.query, "count", kCount, kMostCount);
  if (!count) return scim_bad_request("invalidValue", "count has to be a number from 1 to 200");
  std::vector<ScimUser> users = scim_users(call.world.accounts, *call.organization);
  if (auto refusal = keep_fitting(call, users)) return *std::move(refusal);
  if (auto refusal = sort_users(call, users)) return *std::move(refusal);
  return scim_answer(200, page_json(call, users, *start, *count));
}

Answer create_scim_user(HubCall& call) {
  if (auto refusal = refuse_schemas(call)) return *std::move(refusal);
  const std::string email = call.body_text("userName");
  if (email.find('@') == std::string::npos)
    return scim_bad_request("invalidValue", "userName has to be an e-mail address");
  Organization& organization = *call.organization;
  Account* account = call.world.accounts.find_by_email(email);
  if (account != nullptr && organization.members.contains(account->name))
    return scim_error(409, "the user is a member of the organization already");
  if (account == nullptr) account = &call.world.accounts.add_user(email);
  take_name(call, *account);
  organization.members[account->name] = Member{Role::member, now(), now(), true};
  Team* company = organization.team(kCompanyTeam);
  if (company == nullptr) company = &organization.add_team(std::string(kCompanyTeam), "");
  company->members.insert(account->name);
  call.note(organization.name, "org.member.add", organization.name, {{"member", account->name}});
  return user_answer(call, 201, *account);
}

Answer get_scim_user(HubCall& call) {
  const Account* account = named_user(call);
  return account == nullptr ? no_user() : user_answer(call, 200, *account);
}

Answer replace_scim_user(HubCall& call) {
  if (auto refusal = refuse_schemas(call)) return *std::move(refusal);
  Account* account = named_user(call);
  if (account == nullptr) return no_user();
  // Without `enabled` the user is deactivated: the document says so.
  const bool enabled = call.body_flag("enabled").value_or(false);
  if (!enabled && call.organization->is_last_owner(account->name))
    return scim_error(403, "the last owner cannot be deactivated");
  take_name(call, *account);
  Member& member = call.organization->members[account->name];
  member.modified = now();
  const bool changed = std::exchange(member.active, enabled) != enabled;
  if (changed)
    call.note(call.organization->name, enabled ? "org.member.add" : "org.member.remove",
              call.organization->name, {{"member", account->name}});
  return user_answer(call, 200, *account);
}

}  // namespace dockerhub::sandbox
