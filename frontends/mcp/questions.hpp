// What a call wants to know from the user or the client, as requests of the 2025-11-25 form:
// consent and input by elicitation/create, completions by sampling/createMessage, roots by
// roots/list. The functions wait, on the thread of the call that asks.
#pragma once

#include <stop_token>
#include <string>

#include "client.hpp"
#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// How long an answer is waited for, and by what it is ended.
struct Patience {
  std::stop_token stop;
  ClientRequests::Clock::time_point deadline;
};

// Consent to Question::text: the user types the target exactly, or ticks a box where nothing has a
// name. `unavailable` when the client did not answer.
Decision ask_consent(ClientRequests& requests, const Question& question, const Patience& patience);

// JSON as ask/1 of abi.h says for the kind of the question. Errors: capability when the client
// opens no URLs for its user; unsupported when its answer is of no known form; those of
// ClientRequests::ask.
Result<std::string> ask_client(ClientRequests& requests, const Client& client,
                               const Question& question, const Patience& patience);

}  // namespace dockerhub::mcp
