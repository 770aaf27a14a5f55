#include "registry/call.hpp"

namespace dockerhub::sandbox {

Answer registry_error(int status, std::string_view code, std::string_view message,
                      const JsonText& detail) {
  const JsonText error =
      JsonText::object({{"code", code}, {"message", message}, {"detail", detail}});
  return json_answer(status, JsonText::object({{"errors", JsonText::array({error})}}));
}

Answer name_unknown(const RegistryCall& call) {
  return registry_error(404, "NAME_UNKNOWN", "repository name not known to registry",
                        JsonText::object({{"name", call.value("repository")}}));
}

std::string location(const RegistryCall& call, const std::string& path) {
  return (call.world.settings.relative_locations ? "" : call.request.origin) + path;
}

}  // namespace dockerhub::sandbox
