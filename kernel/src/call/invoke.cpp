#include "call/steps.hpp"

namespace dockerhub {
namespace {

struct Meaning {
  dh_status status;
  ErrorKind kind;
  const char* message;
  const char* hint;
};

// What a failure means when the handler said nothing more about it.
constexpr Meaning kMeanings[] = {
    {DH_E_INVALID, ErrorKind::module_fault, "the module used the kernel's interface wrongly",
     "Report it to the module's publisher."},
    {DH_E_UNSUPPORTED, ErrorKind::unsupported, "this is not supported here",
     "See `describe` for what the tool needs."},
    {DH_E_NOT_FOUND, ErrorKind::parameter, "there is no such thing", "Check the names."},
    {DH_E_REFUSED, ErrorKind::approval, "refused", "Nothing was changed."},
    {DH_E_CANCELLED, ErrorKind::cancelled, "cancelled", "Call again to start over."},
    {DH_E_TIMEOUT, ErrorKind::timeout, "the deadline of the call has passed",
     "Call again with a longer time-out."},
    {DH_E_LIMIT, ErrorKind::api, "too many, too large or too deep", "Ask for less at once."},
    {DH_E_NETWORK, ErrorKind::network, "the connection failed",
     "Check the network and call again."},
    {DH_E_AUTH, ErrorKind::auth, "log-in is needed or was refused",
     "Check the configured credentials."},
    {DH_E_EXISTS, ErrorKind::api, "it is there already", "Choose another name."},
};

Error error_of(const RunningCall& call, dh_status status) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.status == status) {
      Error error;
      error.kind = meaning.kind;
      error.message = meaning.message;
      error.hint = meaning.hint;
      if (status == DH_E_NOT_FOUND) error.status_code = 404;
      return error;
    }
  }
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "tool '" + std::string(call.frame().tool) + "', action '" +
                  std::string(call.frame().action) + "' failed with status " +
                  std::to_string(status) + " and no message";
  error.hint = "Report it to the module's publisher.";
  return error;
}

Error unloaded() {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "the module was unloaded while the call ran";
  error.hint = "Call again once the module is loaded.";
  return error;
}

dh_status run(RunningCall& call,
              const std::function<dh_status(const Instance&, dh_call*)>& function) {
  dh_call handle{call};
  try {
    return function(*call.instance(), &handle);
  } catch (const std::exception& exception) {
    return call.invalid(std::string("threw an exception: ") + exception.what());
  } catch (...) {
    return call.invalid("threw an exception");
  }
}

bool is_success(RunningCall& call, dh_status status) {
  if (status == DH_OK || status == DH_END) return true;
  // The receiver wanted no more items: nothing went wrong.
  if (status == DH_E_RECEIVER) return true;
  return status == DH_E_DRY_RUN && call.frame().dry_run;
}

}  // namespace

Result<bool> invoke(RunningCall& call,
                    const std::function<dh_status(const Instance&, dh_call*)>& function) {
  const dh_status status = run(call, function);
  if (status == DH_SUSPENDED && call.suspended()) return true;
  if (status == DH_SUSPENDED) call.invalid("returned DH_SUSPENDED without a question that waits");
  if (is_success(call, status) && !call.mistake()) return false;
  if (call.unloading()) return Failure(unloaded());
  if (call.cancelled()) return Failure(error_of(call, DH_E_CANCELLED));
  if (call.mistake()) return Failure(*call.mistake());
  if (call.answers().error) return Failure(*call.answers().error);
  if (call.timed_out()) return Failure(error_of(call, DH_E_TIMEOUT));
  return Failure(error_of(call, status));
}

}  // namespace dockerhub
