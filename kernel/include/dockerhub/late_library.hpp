// Libraries of this project that lie beside libdockerhub and that only some calls need: what they are linked to
// would cost every start its binding. Brought into the process with the same care for who could have changed
// the file as modules, and for good, since what they bring keeps state of its own. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

struct LateLibrary {
  const char* file;
  const char* symbol;        // a constant of a type with `std::string_view build`
  std::string_view purpose;  // "https", for messages
};

// The address of the symbol. Errors: configuration, module_fault for a file that others may change.
DOCKERHUB_API Result<const void*> late_symbol(const LateLibrary& library);

DOCKERHUB_API Failure unusable_library(const LateLibrary& library, const std::string& what,
                                       std::string hint);

// C++ types cross here, so it has to be of the very same build.
template <typename Exports>
Result<const Exports*> load_late(const LateLibrary& library, std::string_view build) {
  const auto symbol = late_symbol(library);
  if (!symbol) return Failure(symbol.error());
  const auto* exports = static_cast<const Exports*>(*symbol);
  if (exports->build == build) return exports;
  return unusable_library(library, std::string(library.file) + " is of another version",
                          "Install dockerhub anew.");
}

}  // namespace dockerhub
