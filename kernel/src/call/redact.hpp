// The redaction step: what a handler answered becomes something that may leave. Free functions; any
// thread.
#pragma once

#include <optional>
#include <vector>

#include "call/call_redaction.hpp"
#include "call/envelope.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Redacts data, which is JSON, in place. `action` is the row, or nullptr. An error where it is no JSON, or may not be
// rewritten and holds a secret.
Result<void> redact_data(const CallRedaction& redaction, const Action* action, std::string& data);
// The same of annotations, warnings and outcome. An error when a piece cannot be redacted.
Result<void> redact_beside(const CallRedaction& redaction, Envelope& envelope);
Result<void> redact(const CallRedaction& redaction, std::vector<Content>& contents);
Result<void> redact(const CallRedaction& redaction, std::optional<http::RateLimit>& rate_limit);

// Why content that may not be rewritten stays here; `what` begins the message.
Error withheld(const std::string& what);

// An item of a list, on its way out.
Result<std::string> redact_item(const CallRedaction& redaction, const Action* action,
                                std::string_view item);

}  // namespace dockerhub
