// Idempotency-Key: a write that is sent again under the same key is not done again; its first answer is given
// once more. Free functions over the state; any thread.
#pragma once

#include <optional>

#include "call.hpp"
#include "http/message.hpp"
#include "state.hpp"

namespace dockerhub::rest {

// Longest key, in bytes. Of an answer longer than kLongestKept it is only told that it was done.
inline constexpr std::size_t kLongestKey = 255;

// Whether the key of this call means anything: it has one, and writes.
bool is_idempotent(const Call& call);

// Notes that the call begins. The answer instead: its first one (with Idempotency-Replayed), 409 while that is
// being made, 422 for another request under this key, 400 for a key that is none.
std::optional<web::Response> begin_idempotent(State& state, Call& call);

// Notes the answer, or that nothing was done. result: nullptr where the kernel was not asked.
void end_idempotent(State& state, const Call& call, const CallResult* result,
                    const web::Response& answer);

}  // namespace dockerhub::rest
