#include "tool_view.hpp"

#include <algorithm>
#include <array>

#include "contents.hpp"
#include "dynamic_tools.hpp"
#include "tool_arguments.hpp"
#include "tool_list.hpp"
#include "tool_schema.hpp"
#include "verbose_tools.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::array<std::string_view, 4> kModes = {"condensed", "verbose", "both", "dynamic"};

bool names(const std::vector<std::string>& list, const Tool& tool, const Action& action) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& each) {
    return each == tool.name || each == tool.module || each == tool.name + "." + action.name ||
           each == verbose_name(tool, action);
  });
}

ToolView::Call refused(Error error) {
  CallResult result;
  result.envelope = error_envelope(error);
  result.error = std::move(error);
  return {std::nullopt, std::move(result)};
}

ToolView::Call called(Result<CallRequest> request) {
  if (!request) return refused(std::move(request.error()));
  return {std::move(*request), std::nullopt};
}

const Tool* find_tool(const std::vector<Tool>& tools, std::string_view name) {
  const auto found =
      std::find_if(tools.begin(), tools.end(), [&](const Tool& each) { return each.name == name; });
  return found == tools.end() ? nullptr : &*found;
}

}  // namespace

std::optional<ToolMode> tool_mode(std::string_view name) {
  const auto found = std::find(kModes.begin(), kModes.end(), name);
  if (found == kModes.end()) return std::nullopt;
  return static_cast<ToolMode>(found - kModes.begin());
}

bool ToolFilter::admits(const Tool& tool, const Action& action) const {
  if (action.effect > most || names(disabled, tool, action)) return false;
  return enabled.empty() || names(enabled, tool, action);
}

std::vector<Tool> ToolView::shown(const Catalogue& catalogue, Effect most) const {
  std::vector<Tool> tools;
  for (const Tool& tool : catalogue.tools) {
    Tool copy = tool;
    // Content of the caller's own machine cannot be named from afar: what needs it is not offered.
    const auto hidden = [&](const Action& action) {
      return needs_store(action) || action.effect > most || hides(tool, action);
    };
    copy.actions = copy.actions.without(hidden);
    if (!copy.actions.empty()) tools.push_back(std::move(copy));
  }
  return tools;
}

std::string ToolView::list(const Catalogue& catalogue, Effect most, bool structured) const {
  return json::object([&](json::Writer& writer) {
    writer.Key("tools");
    writer.StartArray();
    if (mode_ == ToolMode::dynamic) put_dynamic_tools(writer, structured);
    const std::vector<Tool> tools = shown(catalogue, most);
    if (condensed()) {
      for (const Tool& tool : tools) put_condensed_tool(writer, tool, structured);
    }
    if (verbose()) put_verbose_tools(writer, tools, structured);
    writer.EndArray();
  });
}

ToolView::Call ToolView::resolve(const Catalogue& catalogue, std::string_view tool,
                                 const json::Value* arguments) const {
  // What a caller may not do is refused by the policy, which can say why; filters say nothing.
  const std::vector<Tool> tools = shown(catalogue, Effect::destructive);
  if (mode_ == ToolMode::dynamic) return dynamic_call(tools, tool, arguments);
  if (condensed()) {
    if (const Tool* found = find_tool(tools, tool)) {
      return called(read_tool_arguments(found->name, arguments));
    }
  }
  if (verbose()) {
    if (const auto found = find_verbose(tools, tool)) {
      return called(read_verbose_arguments(*found->tool, *found->action, arguments));
    }
  }
  return {};
}

Effect ToolView::effect_of(const Catalogue& catalogue, std::string_view tool,
                           const json::Value* arguments) const {
  const Call call = resolve(catalogue, tool, arguments);
  if (!call.request || call.request->options.dry_run) return Effect::read;
  const Tool* named = catalogue.find_tool(call.request->tool);
  const Action* action = named == nullptr ? nullptr : named->find_action(call.request->action);
  return action == nullptr ? Effect::read : action->effect;
}

Error ToolView::unknown(const Catalogue& catalogue, std::string_view tool) const {
  std::vector<std::string> known;
  for (const Tool& each : shown(catalogue, Effect::destructive)) {
    if (condensed()) known.push_back(each.name);
    if (!verbose()) continue;
    for (const Action& action : each.actions) known.push_back(verbose_name(each, action));
  }
  const std::string near = likely(tool, known);
  Error error;
  error.kind = ErrorKind::unknown_tool;
  error.message = "there is no tool '" + visible(tool) + "'";
  error.hint = near.empty() ? "tools/list names them." : "Did you mean `" + near + "`?";
  return error;
}

std::string ToolView::raw_schema(const Catalogue& catalogue, std::string_view tool) const {
  if (!verbose()) return {};
  for (const Tool& each : catalogue.tools) {
    for (const Action& action : each.actions) {
      if (!action.input_schema.empty() && verbose_name(each, action) == tool)
        return action.input_schema;
    }
  }
  return {};
}

std::string ToolView::instructions(const Catalogue& catalogue) const {
  return server_instructions(shown(catalogue, Effect::destructive), mode_);
}

}  // namespace dockerhub::mcp
