#include "call/steps.hpp"

namespace dockerhub {

Result<void> check_gate(const Services& services, std::string_view action, Effect effect) {
  if (effect != Effect::destructive) return {};
  if (services.configuration.flag("safety.allow_destructive")) return {};
  Error error;
  error.kind = ErrorKind::destructive_closed;
  error.message =
      "'" + std::string(action) + "' is destructive, and destructive operations are disabled";
  error.hint =
      "Nothing was changed. The operator allows them with the environment variable "
      "DOCKERHUB_ALLOW_DESTRUCTIVE=True, the option --allow-destructive, or "
      "safety.allow_destructive: true in the user's configuration. A dry run needs no permission.";
  return Failure(std::move(error));
}

}  // namespace dockerhub
