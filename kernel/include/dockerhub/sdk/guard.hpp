// The wall between handlers and the kernel: what is thrown inside becomes the error of the call.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string_view>

#include "dockerhub/sdk/context.hpp"

namespace dockerhub::sdk {

// An exception as the error of the call. Never throws: the text is the exception's own.
inline dh_status report(const Host& host, dh_call* call, const char* what) noexcept {
  const dh_call_1* table = host.extensions().call;
  if (!offers(table, &dh_call_1::fail)) return DH_E_FAILED;
  dh_error error{};
  error.size = sizeof(error);
  error.type = to_abi("ModuleError");
  error.message = to_abi(what);
  error.hint = to_abi("The module has a defect: tell its publisher which action and parameters.");
  table->fail(call, &error);
  return DH_E_FAILED;
}

// Runs `body(context)`. A failure that the handler did not see (Context, top) wins over its
// success.
template <typename Body>
dh_status guarded(const Host& host, dh_call* call, std::string_view subject,
                  std::optional<std::string_view> params, Body body) {
  try {
    Context context(host, call, subject, params);
    const Status status = body(context);
    return (status ? context.done() : status).value();
  } catch (const std::exception& thrown) {
    return report(host, call, thrown.what());
  } catch (...) {
    return report(host, call, "an exception that is no std::exception");
  }
}

}  // namespace dockerhub::sdk
