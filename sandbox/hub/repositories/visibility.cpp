#include "hub/repositories/visibility.hpp"

#include "registry/names.hpp"

namespace dockerhub::sandbox {

bool sees(const HubCall& call, const Repository& repository, Right right) {
  return !repository.is_private ||
         (call.caller && call.world.accounts.may(*call.caller, repository.name, right));
}

Repository* seen_repository(HubCall& call, Right right) {
  Repository* repository =
      call.world.store.find(call.value("namespace") + '/' + call.value("repository"));
  return repository != nullptr && sees(call, *repository, right) ? repository : nullptr;
}

std::optional<Answer> refuse_right(HubCall& call, Right right) {
  const Repository* repository =
      call.world.store.find(call.value("namespace") + '/' + call.value("repository"));
  if (repository == nullptr) return no_repository();
  if (call.world.accounts.may(*call.caller, repository->name, right)) return std::nullopt;
  if (!sees(call, *repository, Right::read)) return no_repository();
  return hub_error(403, "you may not do that with this repository");
}

Answer no_repository() {
  return hub_error(404, "object not found");
}

std::string short_name(const Repository& repository) {
  return repository.name.substr(repository.name.find('/') + 1);
}

}  // namespace dockerhub::sandbox
