#include "call/steps.hpp"

namespace dockerhub {

Result<void> check_policy(const Services& services, const CallView& view) {
  if (!services.hooks.policy) return {};
  try {
    return services.hooks.policy(view);
  } catch (const std::exception& exception) {
    // A policy that cannot decide has not allowed anything.
    Error error;
    error.kind = ErrorKind::policy;
    error.message = std::string("the access policy could not decide: ") + exception.what();
    error.hint = "Ask the operator; the call was not run.";
    return Failure(std::move(error));
  }
}

}  // namespace dockerhub
