// The catalogue as the lists of the protocol. A tool of a module is one tool here, with the action
// as an argument ("condensed"). Its schema keeps to what model services accept: an object of plain
// types, no combinators, no references. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

// An element of the "tools" of tools/list. structured: the client reads structured results.
void put_condensed_tool(json::Writer& writer, const Tool& tool, bool structured);

// Results of resources/list, resources/templates/list and prompts/list (JSON objects), without those of modules
// that the view hides.
std::string resources_result(const Catalogue& catalogue, const ToolView& view);
std::string resource_templates_result(const Catalogue& catalogue, const ToolView& view);
std::string prompts_result(const Catalogue& catalogue, const ToolView& view);

// "delete(name) [destructive]: Removes a note."
std::string action_line(const Action& action);

// The most that any action of the tool can do.
Effect worst_effect(const Tool& tool);

// What a client is told of a tool's dangers.
struct ToolHints {
  Effect worst = Effect::read;
  bool idempotent = false;
};
void put_annotations(json::Writer& writer, const ToolHints& hints);

// The member "outputSchema": the envelope that every call answers with.
void put_output_schema(json::Writer& writer);

// What the server tells the model of itself: clients may show nothing else of it at first.
std::string server_instructions(const std::vector<Tool>& tools, ToolMode mode);

}  // namespace dockerhub::mcp
