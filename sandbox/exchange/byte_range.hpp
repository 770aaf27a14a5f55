// Answers with bytes, or with the part of them that a Range header asks for (RFC 9110 14; one range
// only, as registries have it). Free function; any thread.
#pragma once

#include "exchange/message.hpp"

namespace dockerhub::sandbox {

// 200 with all, 206 with a part, or 416. The caller sets type and validators.
Answer answer_with_bytes(const Request& request, const Body& bytes);

}  // namespace dockerhub::sandbox
