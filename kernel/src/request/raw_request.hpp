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
  // Valid JSON of all that the request does, for consent, policy and trail: api, host, method, path, media_type,
  // and the body where it is JSON, else its body_sha256.
  std::string params;
  Effect effect = Effect::read;
};

// Errors (parameter, unsupported, forbidden): a method, path, type or body that cannot be sent, what is no UTF-8, pages
// of something that has none, a refused route. What is no GET or HEAD to a registry is destructive.
Result<RawCall> raw_call(const RawRequest& raw, const CallOptions& options);

}  // namespace dockerhub
