// The redaction step: what a handler answered becomes something that may leave. Free functions; any
// thread.
#pragma once

#include <optional>
#include <vector>

#include "call/call_redaction.hpp"
#include "call/envelope.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Redacts data, annotations, warnings and outcome in place. `action` is the row, or nullptr. An error
// when a piece cannot be redacted, or when content that may not be rewritten holds a secret.
Result<void> redact(const CallRedaction& redaction, const Action* action, Envelope& envelope);
Result<void> redact(const CallRedaction& redaction, std::vector<Content>& contents);
Result<void> redact(const CallRedaction& redaction, std::optional<http::RateLimit>& rate_limit);

// Why content that may not be rewritten stays here; `what` begins the message.
Error withheld(const std::string& what);

// An item of a list, on its way out.
Result<std::string> redact_item(const CallRedaction& redaction, const Action* action,
                                std::string_view item);

}  // namespace dockerhub
