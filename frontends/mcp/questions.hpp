// What a call wants to know from the user or the client, in the form of the protocol: consent and input
// by elicitation/create, completions by sampling/createMessage, roots by roots/list. The same forms are
// sent as requests where the connection carries them, and returned as `inputRequests` where it does not.
// Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

struct ClientQuestion {
  std::string_view method;
  std::string params;  // JSON object, or empty for none
};

// elicitation_id: an id that is unique for the server, which a question that sends the user to a URL had
// up to revision 2025-11-25; empty: left out. Error (unsupported): what the module asks is not JSON.
Result<ClientQuestion> client_question(const Question& question, std::string_view elicitation_id);

// Consent to Question::text, from the client's answer: the user typed the target exactly, or ticked the
// box where nothing has a name.
bool consents(const json::Value& answer, std::string_view target);

// Whether an answer to elicitation/create has a known action.
bool is_elicit_answer(const json::Value& answer);

}  // namespace dockerhub::mcp
