// The arguments of tools/call as a call of the kernel. Free functions; any thread.
#pragma once

#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// arguments: an object, or nullptr for none. Errors (parameter) are meant for the model that made
// the arguments: they name the argument and what it should be. told: the tool as this caller may know it,
// whose action's schema such an error tells; nullptr: none.
Result<CallRequest> read_tool_arguments(std::string_view tool, const json::Value* arguments,
                                        const Tool* told);

// Whether an argument of this name is an option of the kernel and no parameter.
bool is_call_option(std::string_view name);

// The options among these arguments; others are not looked at. Errors (parameter): as above.
Result<CallOptions> read_call_options(const json::Value* arguments);

}  // namespace dockerhub::mcp
