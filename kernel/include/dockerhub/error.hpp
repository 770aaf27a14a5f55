// What can go wrong, and how a result carries it: with the kernel's interface (kernel.hpp) and inside it.
// Plain values; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#define DOCKERHUB_API __attribute__((visibility("default")))
// Of what stands inside a class that others see, and is nothing to them.
#define DOCKERHUB_HIDDEN __attribute__((visibility("hidden")))

namespace dockerhub {

// What went wrong, as a caller can act on it. The text in the comment is the `type` that users see
// (docs/errors.md).
enum class ErrorKind {
  parameter,           // ParameterError: refused locally, or 400 and 404 of the server
  unknown_tool,        // UnknownTool
  unknown_action,      // UnknownAction
  auth,                // AuthError: log-in needed or refused
  forbidden,           // UnauthorizedError: known, but not allowed
  api,                 // ApiError: any other failure of the server
  destructive_closed,  // DestructiveOperationError: the operator's gate is closed
  approval,            // ApprovalError: nobody consented
  policy,              // PolicyError: the access policy forbids it
  capability,     // CapabilityError: the caller lacks a capability (details: requiredCapabilities)
  network,        // NetworkError
  timeout,        // TimeoutError
  cancelled,      // CancelledError
  unsupported,    // UnsupportedError: this server, kernel or frontend cannot do it
  configuration,  // ConfigurationError
  module_fault,   // ModuleError: a module failed, could not be loaded or broke a rule
};

struct Error {
  ErrorKind kind = ErrorKind::api;
  std::string message;    // what happened, with the server's own words
  std::string hint;       // what to do next
  std::string parameter;  // the parameter that was wrong, or empty
  int status_code = 0;    // of the server's answer; 0 = none
  std::optional<std::chrono::milliseconds> retry_after;  // when a repeat makes sense
  std::string request;                                   // "METHOD path", or empty
  std::string details;                                   // JSON object, or empty
};

// "ParameterError"... for a kind, and back (nullopt for a text that is none of them).
DOCKERHUB_API std::string_view type_name(ErrorKind kind);
DOCKERHUB_API std::optional<ErrorKind> error_kind(std::string_view type_name);

template <typename T>
using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

}  // namespace dockerhub
