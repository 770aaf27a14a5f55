// The requests that run modules: each turns the params of one method into a call of the kernel and
// its outcome into a result (JSON object) or an error. They run on worker threads and may wait.
#pragma once

#include "exchange.hpp"
#include "reply.hpp"

namespace dockerhub::mcp {

Reply call_tool(Exchange& exchange);
Reply read_resource(Exchange& exchange);
Reply get_prompt(Exchange& exchange);
Reply complete(Exchange& exchange);

}  // namespace dockerhub::mcp
