#include "hub/visibility.hpp"

#include "registry/names.hpp"

namespace dockerhub::sandbox {

bool sees(const HubCall& call, const Repository& repository) {
  return !repository.is_private ||
         (call.caller &&
          call.world.accounts.may(*call.caller, namespace_of(repository.name), Reach::read));
}

Repository* seen_repository(HubCall& call) {
  Repository* repository =
      call.world.store.find(call.value("namespace") + '/' + call.value("repository"));
  return repository != nullptr && sees(call, *repository) ? repository : nullptr;
}

std::string short_name(const Repository& repository) {
  return repository.name.substr(repository.name.find('/') + 1);
}

}  // namespace dockerhub::sandbox
