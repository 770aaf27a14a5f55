#include "control/state_json.hpp"

#include <vector>

namespace dockerhub::sandbox {
namespace {

JsonText repository_json(const Repository& repository) {
  std::vector<JsonText> manifests;
  for (const auto& [digest, manifest] : repository.manifests) {
    manifests.push_back(
        JsonText::object({{"digest", digest},
                          {"media_type", manifest.media_type},
                          {"size", manifest.bytes.size()},
                          {"tags", JsonText::strings(repository.tags_of(digest))}}));
  }
  std::vector<JsonText> blobs;
  for (const auto& [digest, bytes] : repository.blobs)
    blobs.push_back(JsonText::object({{"digest", digest}, {"size", bytes.size()}}));
  std::vector<JsonText::Member> tags;
  for (const auto& [name, tag] : repository.tags) tags.push_back({name, tag.digest});
  return JsonText::object({{"private", repository.is_private},
                           {"pulls", repository.pulls},
                           {"tags", JsonText::object(tags)},
                           {"manifests", JsonText::array(manifests)},
                           {"blobs", JsonText::array(blobs)}});
}

JsonText organization_json(const Organization& organization) {
  std::vector<JsonText::Member> members, teams;
  for (const auto& [name, member] : organization.members) {
    if (member.active) members.push_back({name, role_name(member.role)});
  }
  for (const Team& team : organization.teams)
    teams.push_back({team.name, JsonText::strings(organization.members_of(team))});
  std::vector<JsonText> invited;
  for (const Invite& invite : organization.invites) invited.emplace_back(invite.invitee);
  return JsonText::object({{"members", JsonText::object(members)},
                           {"teams", JsonText::object(teams)},
                           {"invited", JsonText::array(invited)}});
}

}  // namespace

JsonText store_json(const Store& store) {
  std::vector<JsonText::Member> repositories;
  for (const auto& [name, repository] : store.repositories())
    repositories.push_back({name, repository_json(repository)});
  return JsonText::object(repositories);
}

JsonText organizations_json(const Accounts& accounts) {
  std::vector<JsonText::Member> list;
  for (const auto& [name, organization] : accounts.organizations())
    list.push_back({name, organization_json(organization)});
  return JsonText::object(list);
}

}  // namespace dockerhub::sandbox
