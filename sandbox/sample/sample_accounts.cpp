#include "sample/sample_accounts.hpp"

#include <string>
#include <utility>
#include <vector>

#include "sample/sample_time.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr UnixTime kHour = 3'600;

constexpr std::string_view kOrganization = "sandbox-org";
constexpr std::string_view kPassword = "sandbox-password";

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// The same on every start, so that what a client keeps stays good over a reset.
std::string uuid(int group, int number) {
  return "00000000-0000-4000-800" + std::to_string(group) + "-0000000000" + two_digits(number);
}

Account user(int number, std::string name, std::string_view password) {
  Account account;
  account.uuid = uuid(0, number);
  account.email = name + "@example.invalid";
  account.given_name = "Sample";
  account.family_name = name.substr(name.find('-') + 1);
  account.joined = kFirstDay + number * kDay;
  account.name = std::move(name);
  account.password = password;
  return account;
}

Account organization_account(int number, std::string name) {
  Account account;
  account.uuid = uuid(0, number);
  account.organization = true;
  account.given_name = name;
  account.joined = kFirstDay;
  account.name = std::move(name);
  return account;
}

PersonalToken personal_token(int number, std::string_view secret, Reach reach) {
  PersonalToken token;
  token.uuid = uuid(1, number);
  token.label = "A token for " + std::string(reach_name(reach));
  token.secret = secret;
  token.reach = reach;
  token.created = kFirstDay + number * kDay;
  return token;
}

constexpr int kMoreMembers = 12;

std::string member_name(int number) {
  return "sandbox-member-" + two_digits(number);
}

std::vector<Account> users() {
  Account owner = user(1, std::string(kSampleUser), kPassword);
  owner.tokens = {
      personal_token(1, kSampleToken, Reach::admin),
      personal_token(2, "dckr_pat_SandboxWrite0000000000000000", Reach::write),
      personal_token(3, "dckr_pat_SandboxRead00000000000000000", Reach::read),
      personal_token(4, "dckr_pat_SandboxPublic000000000000000", Reach::public_read),
  };
  Account guest = user(3, "sandbox-guest", kPassword);
  guest.tokens = {personal_token(5, "dckr_pat_SandboxGuest0000000000000000", Reach::admin)};
  Account two_factors = user(4, "sandbox-2fa", kPassword);
  two_factors.second_factor = "123456";
  Account editor = user(7, "sandbox-editor", kPassword);
  editor.tokens = {personal_token(6, "dckr_pat_SandboxEditor000000000000000", Reach::admin)};
  Account member = user(8, "sandbox-member", kPassword);
  member.tokens = {personal_token(7, "dckr_pat_SandboxMember000000000000000", Reach::admin)};
  std::vector<Account> list = {owner, guest, two_factors, editor, member};
  // Enough members for a second page.
  for (int i = 1; i <= kMoreMembers; ++i) list.push_back(user(10 + i, member_name(i), ""));
  return list;
}

OrganizationToken organization_token(int number, std::string_view secret, std::string label,
                                     std::vector<TokenResource> resources) {
  OrganizationToken token;
  token.id = uuid(2, number);
  token.label = std::move(label);
  token.created_by = kSampleUser;
  token.secret = secret;
  token.created = kFirstDay + number * kDay;
  token.resources = std::move(resources);
  return token;
}

std::vector<OrganizationToken> organization_tokens() {
  const std::string name(kOrganization);
  const TokenResource repositories{
      "TYPE_REPO",
      name + "/*",
      {"scope-image-delete", "scope-repository-admin", "scope-tag-admin", "scope-repo-group-admin",
       "scope-repository-settings-admin"}};
  const TokenResource whole{
      "TYPE_ORG",
      name,
      {"scope-repository-create", "scope-repository-list", "scope-member-edit", "scope-invite-edit",
       "scope-group-edit", "scope-activity-read"}};
  const TokenResource one{"TYPE_REPO", name + "/tools", {"scope-image-pull"}};
  return {organization_token(1, "dckr_oat_SandboxOrg00000000000000000", "All that there is",
                             {repositories, whole}),
          organization_token(2, "dckr_oat_SandboxPull0000000000000000", "Pulls one image", {one})};
}

void add_member(Organization& organization, const std::string& name, Role role, UnixTime joined) {
  organization.members[name] = Member{role, joined, joined, true};
}

Organization sample_organization() {
  Organization organization;
  organization.name = kOrganization;
  add_member(organization, std::string(kSampleUser), Role::owner, kFirstDay);
  add_member(organization, "sandbox-editor", Role::editor, kFirstDay + kDay);
  add_member(organization, "sandbox-member", Role::member, kFirstDay + 2 * kDay);
  for (int i = 1; i <= kMoreMembers; ++i)
    add_member(organization, member_name(i), Role::member, kFirstDay + (2 + i) * kDay);
  int number = 0;
  for (const std::string_view team :
       {kOwners, std::string_view("developers"), std::string_view("readers")}) {
    organization.add_team(std::string(team), "The " + std::string(team)).uuid = uuid(3, ++number);
  }
  organization.team("developers")->members = {"sandbox-member", member_name(1)};
  organization.team("readers")->members = {member_name(2), member_name(3)};
  organization.team_reach["tools"] = {{organization.team("developers")->id, Reach::write},
                                      {organization.team("readers")->id, Reach::read}};
  organization.tokens = organization_tokens();
  organization.scim_token = kSampleScimToken;
  organization.invites = {Invite{uuid(4, 1), std::string(kSampleUser), "newcomer@example.invalid",
                                 "developers", Role::member, kFirstDay + 20 * kDay}};
  return organization;
}

Organization empty_organization(std::string name) {
  Organization organization;
  organization.name = std::move(name);
  return organization;
}

}  // namespace

Accounts sample_accounts() {
  std::vector<Account> accounts = users();
  accounts.push_back(organization_account(2, std::string(kOrganization)));
  accounts.push_back(organization_account(5, "library"));
  accounts.push_back(organization_account(6, "ratelimitpreview"));
  std::vector<Organization> organizations;
  organizations.push_back(sample_organization());
  organizations.push_back(empty_organization("library"));
  organizations.push_back(empty_organization("ratelimitpreview"));
  return {std::move(accounts), std::move(organizations)};
}

AuditLog sample_audit_log() {
  const std::string owner(kSampleUser), organization(kOrganization);
  AuditLog log;
  log.add({organization, "org.create", organization, owner, {}, kFirstDay});
  log.add({organization, "repo.create", organization + "/service", owner, {}, kFirstDay + kHour});
  // Enough for three pages of the default size.
  constexpr int pushes = 58;
  for (int i = 1; i <= pushes; ++i) {
    log.add({organization,
             "repo.tag.push",
             organization + "/service",
             i % 2 == 0 ? owner : "sandbox-editor",
             {{"tag", "build-" + two_digits(i)}},
             kFirstDay + i * kDay});
  }
  log.add({owner, "repo.create", owner + "/multi", owner, {}, kFirstDay});
  return log;
}

}  // namespace dockerhub::sandbox
