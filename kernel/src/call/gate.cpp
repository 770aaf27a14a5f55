#include "call/steps.hpp"

namespace dockerhub {

Error gate_closed(std::string_view what) {
  Error error;
  error.kind = ErrorKind::destructive_closed;
  error.message =
      "'" + std::string(what) + "' is destructive, and destructive operations are disabled";
  error.hint =
      "Nothing was changed. The operator allows them with the environment variable "
      "DOCKERHUB_ALLOW_DESTRUCTIVE=True, the option --allow-destructive, or "
      "safety.allow_destructive: true in the user's configuration. A dry run needs no permission.";
  return error;
}

Result<void> check_gate(const Services& services, const Target& target, Effect effect) {
  if (effect != Effect::destructive) return {};
  if (services.configuration.flag("safety.allow_destructive")) return {};
  return Failure(gate_closed(target.action->name));
}

}  // namespace dockerhub
