// One tool for each action ("verbose"), with the action's own schema. The kernel's options stand among
// the arguments with a leading `_`. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// The row's own name, else "<tool>_<action>".
std::string verbose_name(const Tool& tool, const Action& action);

struct VerboseTool {
  const Tool* tool;
  const Action* action;
};
// The action with that name, of these tools; points into them.
std::optional<VerboseTool> find_verbose(const std::vector<Tool>& tools, std::string_view name);

// The elements of "tools" for all actions. structured: as of put_condensed_tool.
void put_verbose_tools(json::Writer& writer, const std::vector<Tool>& tools, bool structured);

// Errors (parameter): an option is wrong.
Result<CallRequest> read_verbose_arguments(const Tool& tool, const Action& action,
                                           const json::Value* arguments);

}  // namespace dockerhub::mcp
