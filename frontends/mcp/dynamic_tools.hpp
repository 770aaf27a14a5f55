// Three tools instead of many ("dynamic"): the model searches actions, asks for their parameters and
// calls them. For clients that have many servers. Free functions; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

// structured: as of put_condensed_tool.
void put_dynamic_tools(json::Writer& writer, bool structured);

ToolView::Call dynamic_call(const std::vector<Tool>& tools, std::string_view name,
                            const json::Value* arguments);

}  // namespace dockerhub::mcp
