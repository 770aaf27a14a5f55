// A request that a caller writes himself (Kernel::send), made into what the pipeline carries: a row of its own
// for texts and rules, and the request. Routes are refused here whose answers hold what only an action can hand
// over. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"
#include "request/outgoing.hpp"

namespace dockerhub {

struct RawCall {
  Tool tool;  // "api" with the one action "request"
  Outgoing outgoing;
  std::string params;  // JSON, for consent, policy and trail
  Effect effect = Effect::read;
};

// Errors (parameter, unsupported, forbidden): a method, path or body that cannot be sent, pages of something that has
// none, a refused route.
Result<RawCall> raw_call(const RawRequest& raw, const CallOptions& options);

}  // namespace dockerhub
