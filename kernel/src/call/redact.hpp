// The redaction step: what a handler answered becomes something that may leave. Free functions; any
// thread.
#pragma once

#include <string>

#include "call/envelope.hpp"
#include "call/running_call.hpp"

namespace dockerhub {

// Redacts data, annotations, warnings and outcome in place. An error when a piece cannot be
// redacted, or when content that may not be rewritten holds a secret.
Result<void> redact(const Services& services, const Action* action, Envelope& envelope);
Result<void> redact(const Services& services, std::vector<Content>& contents);

}  // namespace dockerhub
