// What a handler says beside JSON: content parts, failures, outcomes, and what it learns of its
// caller and of the actions that it runs. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/abi.h"
#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

enum class Outcome {
  ok = DH_OUTCOME_OK,
  partial = DH_OUTCOME_PARTIAL,              // done for some, not for all: the answer says which
  condition_met = DH_OUTCOME_CONDITION_MET,  // what the caller asked to be told of is so
};

// The failure of a call. `message` says what happened, with the server's own words; `hint` what to
// do next. The texts have to live until Context::fail returns.
struct Failure {
  std::string_view type{};  // "ParameterError", "ApiError"...; empty: made from the status code
  std::string_view message{};
  std::string_view hint{};
  int status_code = 0;              // of the server's answer, 100..599; 0 = none
  std::int64_t retry_after_ms = 0;  // 0 = unknown; less is taken for 0
  std::string_view parameter{};     // the parameter that was wrong
  std::string_view request{};       // "METHOD path"
  std::string_view details{};       // JSON object
};

// Work that moves. Tracks are told apart by their name; the empty one is the whole.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // 0 = unknown
  std::string_view unit = "item";
  std::string_view message{};
  std::string_view track{};
};

// W3C trace context of a call; empty without one.
struct Trace {
  std::string traceparent, tracestate;
};

// What another module's action came to. The envelope is there with a failure too, and then says
// what failed; it is empty only when the action could not be run at all, or is suspended.
struct CallOutcome {
  Status status;
  std::string envelope;  // JSON
};

// What the caller can do while the call runs.
struct Capabilities {
  bool elicitation = false, elicitation_url = false, sampling = false, roots = false;
  bool items = false, progress = false, stores = false;
  std::string log_level;  // empty: it wants no lines
};

// What the caller wants of a list: all pages of the server's, or one; never more than max_items. The
// kernel ends a list of items by itself after max_items (DH_E_RECEIVER).
struct ListOptions {
  bool all_pages = false;
  std::optional<std::uint64_t> max_items{};
};

}  // namespace dockerhub::sdk
