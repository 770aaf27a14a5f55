// One request to a registry on its way to the handler, and the forms of answer that handlers share
// (OCI distribution-spec 1.1.1, "API"). A call lives as long as its request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "exchange/message.hpp"
#include "exchange/routes.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

struct RegistryCall {
  World& world;
  Store& store;
  std::string_view service;  // how the registry is called in challenges
  const Request& request;
  PathValues values;
  std::optional<Caller> caller;

  const std::string& value(std::string_view name) const { return values.find(name)->second; }
  // The repository of the path; nullptr when there is none of that name.
  Repository* repository() const { return store.find(value("repository")); }
};

// {"errors":[{"code", "message", "detail"}]}
Answer registry_error(int status, std::string_view code, std::string_view message,
                      const JsonText& detail = nullptr);
Answer name_unknown(const RegistryCall& call);

// An URL of this registry as a Location header has it.
std::string location(const RegistryCall& call, const std::string& path);

}  // namespace dockerhub::sandbox
