// What the trail says of a call, and of a decision about one: one JSON object on one line, without secrets. Free
// functions; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// The members of an entry, without the braces around them and without the hash. `number`: from 1.
// `account`: the Docker Hub account of this process, empty for none. Everything in `view` and `result` has
// been redacted. Parameters of more than 16 KiB are left out, with their size in their place.
std::string entry_text(std::uint64_t number, const CallView& view, const CallResult& result,
                       std::string_view account, std::chrono::microseconds time);
std::string entry_text(std::uint64_t number, const ConsentDecision& decision,
                       std::string_view account);

// "approved", "denied" or "used".
std::string_view decision_name(ConsentDecision::Kind kind);

}  // namespace dockerhub
