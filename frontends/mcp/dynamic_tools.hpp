// Three tools instead of many ("dynamic"): the model searches actions, asks for their parameters and
// calls them. For clients that have many servers. Free functions; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

// tools: those that can be found by them, which say what a call can do. structured: as of put_condensed_tool.
void put_dynamic_tools(json::Writer& writer, const std::vector<Tool>& tools, bool structured);

struct FoundAndCalled {
  const std::vector<Tool>& found;   // what is searched and described for this caller
  const std::vector<Tool>& called;  // what can be named, more perhaps
};
ToolView::Call dynamic_call(const FoundAndCalled& tools, std::string_view name,
                            const json::Value* arguments);

}  // namespace dockerhub::mcp
