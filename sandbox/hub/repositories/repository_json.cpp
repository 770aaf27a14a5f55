#include "hub/repositories/repository_json.hpp"

#include <set>

#include "hub/repositories/visibility.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

std::vector<std::string> media_types(const Repository& repository) {
  std::set<std::string> types;
  for (const auto& [digest, manifest] : repository.manifests) types.insert(manifest.media_type);
  return {types.begin(), types.end()};
}

std::vector<std::string> content_types(const Repository& repository) {
  if (repository.manifests.empty()) return {};
  return {"image"};
}

// What the entries of the list and a single repository have in common.
std::vector<JsonText::Member> common_members(const Repository& repository) {
  return {{"name", short_name(repository)},
          {"namespace", namespace_of(repository.name)},
          {"repository_type", repository.manifests.empty() ? JsonText(nullptr) : JsonText("image")},
          {"status", repository.active ? 1 : 0},
          {"status_description", repository.active ? "active" : "inactive"},
          {"description", repository.description},
          {"is_private", repository.is_private},
          {"star_count", 0},
          {"pull_count", repository.pulls},
          {"last_updated", rfc3339(repository.updated)},
          {"last_modified", rfc3339(repository.updated)},
          {"date_registered", rfc3339(repository.registered)},
          {"media_types", JsonText::strings(media_types(repository))},
          {"content_types", JsonText::strings(content_types(repository))},
          {"categories", JsonText::array({})},
          {"storage_size", repository.size()}};
}

std::string affiliation(const HubCall& call, const Repository& repository) {
  const std::string name_space = namespace_of(repository.name);
  if (!call.caller || !call.world.accounts.belongs(*call.caller, name_space)) return "";
  const Organization* organization = call.world.accounts.organization(name_space);
  const bool own =
      organization == nullptr || organization->role(call.caller->account) != Role::member;
  return own ? "owner" : "member";
}

}  // namespace

JsonText list_entry(const HubCall& call, const Repository& repository) {
  std::vector<JsonText::Member> members = common_members(repository);
  members.push_back({"affiliation", affiliation(call, repository)});
  return JsonText::object(members);
}

JsonText repository_info(const HubCall& call, const Repository& repository) {
  const std::string name_space = namespace_of(repository.name);
  const auto may = [&](Right right) {
    return call.caller && call.world.accounts.may(*call.caller, repository.name, right);
  };
  std::vector<JsonText::Member> members = common_members(repository);
  members.push_back({"user", name_space});
  members.push_back({"hub_user", name_space});
  members.push_back({"is_automated", false});
  members.push_back({"collaborator_count", 0});
  members.push_back({"affiliation", affiliation(call, repository)});
  members.push_back({"has_starred", false});
  members.push_back({"full_description", repository.full_description});
  members.push_back(
      {"permissions", JsonText::object({{"read", !repository.is_private || may(Right::pull)},
                                        {"write", may(Right::push)},
                                        {"admin", may(Right::edit)}})});
  members.push_back({"immutable_tags_settings",
                     JsonText::object({{"enabled", repository.immutable_tags},
                                       {"rules", JsonText::strings(repository.rules)}})});
  members.push_back({"source", nullptr});
  return JsonText::object(members);
}

}  // namespace dockerhub::sandbox
