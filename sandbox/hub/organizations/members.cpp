#include <algorithm>
#include <utility>

#include "hub/gate.hpp"
#include "hub/organizations/handlers.hpp"
#include "hub/organizations/member_json.hpp"

namespace dockerhub::sandbox {
namespace {

// A member, or somebody invited.
struct Person {
  const Account* account = nullptr;  // nullptr: invited by an address that is nobody's
  const Member* member = nullptr;    // nullptr: invited
  const Invite* invite = nullptr;
};

bool fits(const Person& person, const std::string& text) {
  const auto has = [&](const std::string& value) { return value.find(text) != std::string::npos; };
  if (person.account == nullptr) return has(person.invite->invitee);
  return has(person.account->name) || has(person.account->full_name()) ||
         has(person.account->email);
}

// Which kinds of persons are listed.
struct Kinds {
  bool members = true;
  bool invitees = false;
};

// nullopt: there is no such type.
std::optional<Kinds> wanted_kinds(const HubCall& call) {
  const std::string type = call.query.text("type");
  if (type == "all") return Kinds{true, true};
  if (type == "invitee") return Kinds{false, true};
  if (!type.empty() && type != "member") return std::nullopt;
  return Kinds{true, type.empty() && call.query.text("invites") == "true"};
}

std::vector<Person> persons(const HubCall& call, const Kinds& kinds, std::optional<Role> role) {
  const Organization& organization = *call.organization;
  std::vector<Person> list;
  for (const auto& [name, member] : organization.members) {
    if (kinds.members && member.active && (!role || member.role == *role))
      list.push_back({call.world.accounts.find(name), &member, nullptr});
  }
  for (const Invite& invite : organization.invites) {
    if (kinds.invitees && (!role || invite.role == *role))
      list.push_back({call.world.accounts.find(invite.invitee), nullptr, &invite});
  }
  const std::string text = call.query.text("search");
  std::erase_if(list, [&](const Person& person) { return !fits(person, text); });
  return list;
}

Answer as_drawn(const HubCall& call, Answer page) {
  if (!call.world.settings.drawn_shapes || page.status != 200) return page;
  page.body = Body('[' + std::string(page.body.view()) + ']');
  return page;
}

std::string csv_field(std::string_view text) {
  std::string field = "\"";
  for (const char letter : text) {
    if (letter == '"') field += '"';
    field += letter;
  }
  return field + '"';
}

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::string csv_line(const Organization& organization, const Person& person) {
  const Account* account = person.account;
  const bool invited = person.member == nullptr;
  const std::string email = account == nullptr ? person.invite->invitee : account->email;
  const std::vector<std::string> teams = invited ? std::vector<std::string>{person.invite->team}
                                                 : organization.teams_of(account->name);
  const UnixTime since = invited ? person.invite->created : person.member->joined;
  return csv_field(account == nullptr ? "" : account->full_name()) + ',' +
         csv_field(account == nullptr ? "" : account->name) + ',' + csv_field(email) + ',' +
         (invited ? "Invitee" : "User") + ',' +
         std::string(told_role(invited ? person.invite->role : person.member->role)) + ',' +
         csv_field(joined(teams)) + ',' + rfc3339(since) + "\r\n";
}

Answer no_member() {
  return hub_error(404, "the user is not a member of the organization");
}

// The member that the path names.
Member* named_member(const HubCall& call) {
  const auto found = call.organization->members.find(call.value("username"));
  if (found == call.organization->members.end() || !found->second.active) return nullptr;
  return &found->second;
}

}  // namespace

Answer list_members(HubCall& call) {
  const std::optional<Kinds> kinds = wanted_kinds(call);
  if (!kinds) return hub_member_error("type", "type has to be all, invitee or member");
  const std::string role_text = call.query.text("role");
  const std::optional<Role> role = role_of(role_text);
  if (!role_text.empty() && !role)
    return hub_member_error("role", "role has to be owner, editor or member");
  const std::vector<Person> list = persons(call, *kinds, role);
  const bool all = sees_as_owner(call);
  return as_drawn(call, hub_page(call, list.size(), [&](std::size_t index) {
                    const Person& person = list[index];
                    if (person.member == nullptr)
                      return invitee_json(*person.invite, person.account);
                    return member_json(*call.organization, *person.account, *person.member, all);
                  }));
}

Answer export_members(HubCall& call) {
  const Organization& organization = *call.organization;
  std::string text = "Name,Username,Email,Type,Permission,Teams,Date Joined\r\n";
  for (const Person& person : persons(call, {true, true}, std::nullopt))
    text += csv_line(organization, person);
  return Answer{200, {{"Content-Type", "text/csv; charset=utf-8"}}, Body(std::move(text))}.set(
      "Content-Disposition", "attachment;filename=\"" + organization.name + "-members-" +
                                 std::to_string(now()) + ".csv\"");
}

Answer update_member(HubCall& call) {
  Member* member = named_member(call);
  if (member == nullptr) return no_member();
  const std::string& name = call.value("username");
  const std::optional<Role> role = role_of(call.body_text("role"));
  if (!role) return hub_member_error("role", "role has to be owner, editor or member");
  if (*role != Role::owner && call.organization->is_last_owner(name))
    return hub_error(400, "the last owner has to stay one");
  member->role = *role;
  member->modified = now();
  call.note(call.organization->name, "org.member.role.change", call.organization->name,
            {{"member", name}, {"role", std::string(role_name(*role))}});
  return json_answer(
      200, member_json(*call.organization, *call.world.accounts.find(name), *member, true));
}

Answer remove_member(HubCall& call) {
  if (named_member(call) == nullptr) return no_member();
  const std::string& name = call.value("username");
  if (call.organization->is_last_owner(name))
    return hub_error(400, "the last owner cannot be removed");
  call.organization->remove_member(name);
  call.note(call.organization->name, "org.member.remove", call.organization->name,
            {{"member", name}});
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
