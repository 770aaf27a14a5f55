// Questions as results (revision 2026-07-28): a call that wants to know something ends with
// "input_required", and the client repeats its request with the answers. Nothing is kept between the two:
// the state is sealed by the kernel, and the key of a consent carries the digest of what the person has
// to type. Free functions; any thread.
#pragma once

#include <map>
#include <string>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// {"inputRequests", "requestState"}: the questions of a suspended call. Error (unsupported): one of
// them cannot be put.
Result<std::string> input_requests(const CallResult& suspended);

// The answers as CallRequest takes them, by the kernel's keys. responses: an object; of anything else
// nothing is taken, and the questions are put again.
std::map<std::string, std::string> read_input_responses(const json::Value* responses);

}  // namespace dockerhub::mcp
