// Questions that are waited for, as requests to the client on the connection of the call (revisions up
// to 2025-11-25). The functions wait, on the thread of the call that asks.
#pragma once

#include <chrono>
#include <string>

#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

// Longest wait for a person's answer, where the question itself sets no earlier time.
inline constexpr std::chrono::minutes kAnswerWait{10};

// `unavailable` when the client did not answer.
Decision ask_consent(ClientRequests& requests, const Send& send, const Question& question);

// JSON as ask/1 of abi.h says for the kind of the question, which the client declared it can answer.
// Errors: unsupported when the answer is of no known form; those of ClientRequests::ask.
Result<std::string> ask_client(ClientRequests& requests, const Send& send,
                               const Question& question);

}  // namespace dockerhub::mcp
