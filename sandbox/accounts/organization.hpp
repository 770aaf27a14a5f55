// An organization: its members and their roles, teams, invitations, access tokens and settings. A
// plain value; names of users are those of the accounts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/reach.hpp"
#include "encoding/times.hpp"

namespace dockerhub::sandbox {

// An editor manages repositories, an owner everything.
enum class Role { member, editor, owner };

std::string_view role_name(Role role);  // "owner"
std::optional<Role> role_of(std::string_view name);

// The team whose members are the owners.
inline constexpr std::string_view kOwners = "owners";

struct Member {
  Role role = Role::member;
  UnixTime joined = 0;
  UnixTime modified = 0;
  bool active = true;  // false: provisioning took the access away and kept the user
};

struct Team {
  std::uint64_t id = 0;
  std::string uuid, name, description;
  std::set<std::string, std::less<>> members;  // not of kOwners: see Organization::members_of
};

struct Invite {
  std::string id, inviter;
  std::string invitee;  // the name of an account, or an e-mail address
  std::string team;     // may be empty
  Role role = Role::member;
  UnixTime created = 0;
};

struct TokenResource {
  std::string type;  // TYPE_REPO or TYPE_ORG
  std::string path;  // "org/repository", "org/*", "*/*/public"; the organization's name
  std::vector<std::string> scopes;
};

struct OrganizationToken {
  std::string id, label, description, created_by;
  std::string secret;  // "dckr_oat_..."
  UnixTime created = 0;
  std::optional<UnixTime> expires;
  std::optional<UnixTime> last_used;
  bool is_active = true;
  std::vector<TokenResource> resources;

  bool works(UnixTime time) const { return is_active && (!expires || *expires > time); }
};

struct ImageAccess {
  bool enabled = false;
  bool official = true;
  bool publishers = true;
};

struct Organization {
  std::string name;
  std::map<std::string, Member, std::less<>> members;  // by the account's name
  std::vector<Team> teams;
  std::vector<Invite> invites;
  std::vector<OrganizationToken> tokens;
  ImageAccess images;
  std::string scim_token;  // empty: no provisioning
  // What teams may do: by the repository's name without its namespace, then by the team's id.
  std::map<std::string, std::map<std::uint64_t, Reach>, std::less<>> team_reach;
  std::uint64_t last_team = 0;  // the greatest id so far

  // nullopt: no member, or one whose access was taken away.
  std::optional<Role> role(std::string_view user) const;
  bool is_last_owner(std::string_view user) const;
  // Also from every team.
  void remove_member(std::string_view user);

  Team* team(std::string_view team_name);
  Team& add_team(const std::string& team_name, const std::string& description);
  void remove_team(std::string_view team_name);
  // The names of a team's members, sorted.
  std::vector<std::string> members_of(const Team& team) const;
  std::vector<std::string> teams_of(std::string_view user) const;
  // The most that the user's teams give for a repository (its name without the namespace).
  std::optional<Reach> reach_by_team(std::string_view user, std::string_view repository) const;

  OrganizationToken* token(std::string_view id);
  const OrganizationToken* token(std::string_view id) const;
};

}  // namespace dockerhub::sandbox
