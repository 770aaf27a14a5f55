// The kinds of faults, as a table. A fault changes the request before the host sees it, or the host's
// answer, or is about bytes and time on the wire and then writes to the connection itself. Free functions over plain values; any thread.
#pragma once

#include <chrono>
#include <span>
#include <string_view>

#include "exchange/message.hpp"
#include "faults/parameters.hpp"
#include "server/connection.hpp"

namespace dockerhub::sandbox {

struct FaultKind {
  std::string_view name;
  // Whether the host carries the request out first: then its effect stays and its answer is what the
  // fault spoils. Otherwise the request never reaches the host.
  bool carried_out;
  void (*alter)(Request& request, const FaultParameters& parameters);
  void (*change)(Answer& answer, const Request& request, const FaultParameters& parameters);
  void (*write)(Connection& connection, const Answer& answer, const FaultParameters& parameters);
  // How long the answer, which stays as it is, is kept back.
  std::chrono::milliseconds (*delay)(const FaultParameters& parameters);
};

std::span<const FaultKind> fault_kinds();
const FaultKind* find_fault_kind(std::string_view name);

}  // namespace dockerhub::sandbox
