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

Error meaning_of(const RunningCall& call, dh_status status) {
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
  error.message = "'" + std::string(call.tool()) + "', '" + std::string(call.action()) +
                  "' failed with status " + std::to_string(status) + " and no message";
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

dh_status run(RunningCall& call, const ModuleFunction& function) {
  dh_call handle{call};
  try {
    return function(*call.instance(), &handle);
  } catch (const std::exception& exception) {
    return call.invalid(std::string("threw an exception: ") + exception.what());
  } catch (...) {
    return call.invalid("threw an exception");
  }
}

bool is_success(const RunningCall& call, dh_status status) {
  if (status == DH_OK || status == DH_END) return true;
  // The receiver wanted no more items: nothing went wrong.
  if (status == DH_E_RECEIVER) return true;
  return status == DH_E_DRY_RUN && call.dry_run();
}

// A question that waits ends the run; whoever goes on has not understood what it was told.
void check_suspension(RunningCall& call, dh_status status) {
  if (status == DH_SUSPENDED && !call.suspended())
    call.invalid("returned DH_SUSPENDED without a question");
  if (call.suspended() && is_success(call, status))
    call.invalid("went on while a question waited for its answer");
}

Error failure_of(const RunningCall& call, dh_status status) {
  if (call.unloading()) return unloaded();
  if (call.cancelled()) return meaning_of(call, DH_E_CANCELLED);
  if (call.mistake()) return *call.mistake();
  if (const Error* error = call.error_of(status); error != nullptr) return *error;
  return meaning_of(call, call.timed_out() ? DH_E_TIMEOUT : status);
}

}  // namespace

Result<bool> invoke(RunningCall& call, const ModuleFunction& function) {
  // A consent may have taken longer than the call had.
  if (const dh_status early = call.alive(); early != DH_OK) return Failure(failure_of(call, early));
  const dh_status status = run(call, function);
  check_suspension(call, status);
  if (status == DH_SUSPENDED && !call.mistake()) return true;
  if (is_success(call, status) && !call.mistake()) return false;
  return Failure(failure_of(call, status));
}

}  // namespace dockerhub
