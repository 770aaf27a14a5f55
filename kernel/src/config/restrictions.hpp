// Variables of the Python package dockerhub-api (0.2.0 and 1.x) that restrict who may do what, or which servers
// are trusted, and that this version does not read. Whoever sets one counts on the protection: the start is
// refused instead of running without it. Constant data; any thread.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

struct Restriction {
  std::string_view variable;      // a name, or with "*" at its end the beginning of names
  bool server_only = false;       // other programs never had it
  std::string_view harmless;      // in any case; for "false" every way to write it
  std::string_view restricts;     // what the person who set it expects
  std::string_view instead = {};  // what does it here, a sentence; empty: nothing
};

std::span<const Restriction> restrictions();

// True when a row covers the variable, whatever its value and program.
bool is_restriction(std::string_view variable);

// The refusal for a variable with that value, or nothing when it does no harm.
std::optional<Error> restriction_error(std::string_view variable, std::string_view value,
                                       std::string_view origin,
                                       ConfigurationSources::Program program);

}  // namespace dockerhub
