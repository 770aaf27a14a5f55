// What a call wants to know from the user or the client, as requests of the 2025-11-25 form:
// consent and input by elicitation/create, completions by sampling/createMessage, roots by
// roots/list. The functions wait, on the thread of the call that asks.
#pragma once

#include <chrono>
#include <string>

#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// Longest wait for a person's answer, where the question itself sets no earlier time.
inline constexpr std::chrono::minutes kAnswerWait{10};

// Consent to Question::text: the user types the target exactly, or ticks a box where nothing has a
// name. `unavailable` when the client did not answer.
Decision ask_consent(ClientRequests& requests, const Question& question);

// JSON as ask/1 of abi.h says for the kind of the question, which the client declared it can answer.
// Errors: unsupported when the answer is of no known form; those of ClientRequests::ask.
Result<std::string> ask_client(ClientRequests& requests, const Question& question);

}  // namespace dockerhub::mcp
