#include <algorithm>
#include <array>
#include <set>

#include "base/pattern.hpp"
#include "base/utf8.hpp"
#include "hub/handlers.hpp"
#include "hub/visibility.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

struct Ordering {
  std::string_view name;
  bool (*before)(const Repository* one, const Repository* other);
};
constexpr std::array<Ordering, 3> kOrderings = {{
    {"name",
     [](const Repository* one, const Repository* other) { return one->name < other->name; }},
    {"last_updated",
     [](const Repository* one, const Repository* other) { return one->updated < other->updated; }},
    {"pull_count",
     [](const Repository* one, const Repository* other) { return one->pulls < other->pulls; }},
}};

// False: there is no such ordering.
bool order(std::vector<const Repository*>& list, std::string_view ordering) {
  const bool descending = ordering.starts_with('-');
  if (descending) ordering.remove_prefix(1);
  for (const Ordering& known : kOrderings) {
    if (known.name != ordering) continue;
    std::stable_sort(list.begin(), list.end(), [&](const Repository* one, const Repository* other) {
      return descending ? known.before(other, one) : known.before(one, other);
    });
    return true;
  }
  return false;
}

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
          {"status", 1},
          {"status_description", "active"},
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

JsonText list_entry(const HubCall& call, const Repository& repository) {
  std::vector<JsonText::Member> members = common_members(repository);
  const bool own =
      call.caller && call.world.accounts.belongs(*call.caller, namespace_of(repository.name));
  members.push_back({"affiliation", own ? "owner" : ""});
  return JsonText::object(members);
}

JsonText repository_info(const HubCall& call, const Repository& repository) {
  const std::string name_space = namespace_of(repository.name);
  const auto may = [&](Reach reach) {
    return call.caller && call.world.accounts.may(*call.caller, name_space, reach);
  };
  std::vector<JsonText::Member> members = common_members(repository);
  members.push_back({"user", name_space});
  members.push_back({"hub_user", name_space});
  members.push_back({"is_automated", false});
  members.push_back({"collaborator_count", 0});
  members.push_back({"affiliation", may(Reach::public_read) ? "owner" : ""});
  members.push_back({"has_starred", false});
  members.push_back({"full_description", repository.full_description});
  members.push_back(
      {"permissions", JsonText::object({{"read", !repository.is_private || may(Reach::read)},
                                        {"write", may(Reach::write)},
                                        {"admin", may(Reach::admin)}})});
  members.push_back({"immutable_tags_settings",
                     JsonText::object({{"enabled", false}, {"rules", JsonText::array({})}})});
  members.push_back({"source", nullptr});
  return JsonText::object(members);
}

struct TextLimit {
  std::string_view member;
  std::size_t most;  // characters
};
constexpr std::array<TextLimit, 2> kTextLimits = {
    {{"description", 100}, {"full_description", 25000}}};

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
  return count;
}

// The refusal of a body that breaks a rule of the document.
std::optional<Answer> refuse_body(const HubCall& call) {
  static const std::string pattern = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
  const std::string name = call.body_text("name");
  if (name.size() < 2 || name.size() > 255 || !matches(pattern, name))
    return hub_member_error(
        "name", "name has to have 2 to 255 lower-case letters, digits, '.', '_' or '-'");
  if (call.body_text("namespace") != call.value("namespace"))
    return hub_member_error("namespace", "namespace has to be that of the path");
  for (const TextLimit& limit : kTextLimits) {
    if (characters(call.body_text(limit.member)) > limit.most)
      return hub_member_error(limit.member, std::string(limit.member) + " has more than " +
                                                std::to_string(limit.most) + " characters");
  }
  return std::nullopt;
}

}  // namespace

Answer list_repositories(HubCall& call) {
  const std::string& name_space = call.value("namespace");
  if (call.world.accounts.find(name_space) == nullptr) return hub_error(404, "namespace not found");
  const std::string part = call.query.text("name");
  std::vector<const Repository*> list;
  for (const auto& [name, repository] : call.world.store.repositories()) {
    if (namespace_of(name) == name_space && sees(call, repository) &&
        short_name(repository).find(part) != std::string::npos)
      list.push_back(&repository);
  }
  if (!order(list, call.query.value("ordering").value_or("-last_updated")))
    return hub_member_error("ordering",
                            "Invalid ordering value. Must be one of: name, -name, last_updated, "
                            "-last_updated, pull_count, -pull_count");
  return hub_page(call, list.size(),
                  [&](std::size_t index) { return list_entry(call, *list[index]); });
}

Answer create_repository(HubCall& call) {
  const std::string& name_space = call.value("namespace");
  if (call.world.accounts.find(name_space) == nullptr) return hub_error(404, "namespace not found");
  if (!call.world.accounts.may(*call.caller, name_space, Reach::admin))
    return hub_error(403, "you may not create repositories in this namespace");
  if (std::optional<Answer> refusal = refuse_body(call)) return *std::move(refusal);
  const std::string name = name_space + '/' + call.body_text("name");
  if (call.world.store.find(name) != nullptr)
    return hub_member_error("name", "Repository with this name already exists");
  Repository& repository = call.world.store.get_or_add(name);
  repository.description = call.body_text("description");
  repository.full_description = call.body_text("full_description");
  repository.is_private = json::flag_of(call.body, "is_private");
  return json_answer(201, repository_info(call, repository));
}

Answer get_repository(HubCall& call) {
  const Repository* repository = seen_repository(call);
  if (repository == nullptr) return hub_error(404, "object not found");
  return json_answer(200, repository_info(call, *repository));
}

}  // namespace dockerhub::sandbox
