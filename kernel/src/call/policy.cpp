#include "call/steps.hpp"

namespace dockerhub {
namespace {

// A policy that cannot decide has not allowed anything.
Failure undecided(const std::string& why) {
  Error error;
  error.kind = ErrorKind::policy;
  error.message = "the access policy could not decide: " + why;
  error.hint = "Ask the operator; the call was not run.";
  return Failure(std::move(error));
}

}  // namespace

Result<void> check_policy(const Services& services, const CallView& view) {
  if (!services.hooks.policy) return {};
  try {
    return services.hooks.policy(view);
  } catch (const std::exception& exception) {
    return undecided(exception.what());
  } catch (...) {
    return undecided("an unknown failure");
  }
}

}  // namespace dockerhub
