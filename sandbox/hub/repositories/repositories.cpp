#include <algorithm>
#include <array>

#include "base/pattern.hpp"
#include "hub/repositories/handlers.hpp"
#include "hub/repositories/repository_json.hpp"
#include "hub/repositories/visibility.hpp"
#include "hub/text_length.hpp"
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

struct TextLimit {
  std::string_view member;
  std::size_t most;  // characters
};
constexpr std::array<TextLimit, 2> kTextLimits = {
    {{"description", 100}, {"full_description", 25000}}};

std::optional<Answer> refuse_texts(const HubCall& call) {
  for (const TextLimit& limit : kTextLimits) {
    if (characters(call.body_text(limit.member)) > limit.most)
      return hub_member_error(limit.member, std::string(limit.member) + " has more than " +
                                                std::to_string(limit.most) + " characters");
  }
  return std::nullopt;
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
  return refuse_texts(call);
}

bool is_listed(const HubCall& call, const Repository& repository) {
  if (call.caller && call.caller->secret == SecretKind::organization_token)
    return !repository.is_private ||
           (call.caller->account == namespace_of(repository.name) &&
            call.world.accounts.token_holds(*call.caller, "scope-repository-list"));
  return sees(call, repository, Right::read);
}

}  // namespace

Answer list_repositories(HubCall& call) {
  const std::string& name_space = call.value("namespace");
  if (call.world.accounts.find(name_space) == nullptr) return hub_error(404, "namespace not found");
  const std::string part = call.query.text("name");
  std::vector<const Repository*> list;
  for (const auto& [name, repository] : call.world.store.repositories()) {
    if (namespace_of(name) == name_space && is_listed(call, repository) &&
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
  if (!call.world.accounts.may_create(*call.caller, name_space))
    return hub_error(403, "you may not create repositories in this namespace");
  if (std::optional<Answer> refusal = refuse_body(call)) return *std::move(refusal);
  const std::string name = name_space + '/' + call.body_text("name");
  if (call.world.store.find(name) != nullptr)
    return hub_member_error("name", "Repository with this name already exists");
  Repository& repository = call.world.store.get_or_add(name);
  repository.description = call.body_text("description");
  repository.full_description = call.body_text("full_description");
  repository.is_private = json::flag_of(call.body, "is_private");
  call.note(name_space, "repo.create", name);
  return json_answer(201, repository_info(call, repository));
}

Answer get_repository(HubCall& call) {
  const Repository* repository = seen_repository(call, Right::read);
  if (repository == nullptr) return no_repository();
  return json_answer(200, repository_info(call, *repository));
}

Answer update_repository(HubCall& call) {
  if (auto refusal = refuse_right(call, Right::edit)) return *std::move(refusal);
  if (auto refusal = refuse_texts(call)) return *std::move(refusal);
  const json::Value* status = json::find(call.body, "status");
  if (status != nullptr && (!status->IsInt() || status->GetInt() < 0 || status->GetInt() > 1))
    return hub_member_error("status", "status has to be 0 or 1");
  Repository& repository = *seen_repository(call, Right::read);
  if (call.body_has("description")) repository.description = call.body_text("description");
  if (call.body_has("full_description"))
    repository.full_description = call.body_text("full_description");
  if (status != nullptr) repository.active = status->GetInt() == 1;
  repository.updated = now();
  call.note(call.value("namespace"), "repo.update", repository.name);
  return json_answer(200, repository_info(call, repository));
}

}  // namespace dockerhub::sandbox
