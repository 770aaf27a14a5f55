// What a fault can be told. One flat set for all kinds; which of them a kind reads, and what it takes
// for those that are not given, its row in faults/kinds.cpp says. A plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"
#include "exchange/message.hpp"

namespace dockerhub::sandbox {

struct FaultParameters {
  std::optional<std::int64_t> status;       // of the answer
  std::optional<std::string> body;          // of the answer
  std::vector<Header> headers;              // of the answer
  std::optional<std::string> url;           // an absolute URL: realm, redirect, next page
  std::optional<std::string> type;          // a media type
  std::optional<std::string> form;          // of a 429: see kinds.cpp
  std::optional<std::int64_t> seconds;      // to wait after a 429
  std::optional<std::int64_t> bytes;        // how many
  std::optional<std::int64_t> interval_ms;  // between two pieces, milliseconds
  std::optional<std::int64_t> count;        // of items
  std::optional<std::int64_t> depth;        // of nesting
};

// From the members of a JSON object; members of other names are left to the caller. The error
// (parameter) names the member of the wrong type.
Result<FaultParameters> fault_parameters(const json::Value& object);

bool is_fault_parameter(std::string_view name);

// An error of ErrorKind::parameter about a fault that was asked for.
Error fault_error(std::string message);

}  // namespace dockerhub::sandbox
