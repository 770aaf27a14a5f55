#include "tool_view.hpp"

#include <algorithm>
#include <array>

#include "contents.hpp"
#include "dockerhub/hides_module.hpp"
#include "dynamic_tools.hpp"
#include "server/error_envelope.hpp"
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
  result.envelope = server::error_envelope(error);
  result.error = std::move(error);
  return {std::nullopt, std::move(result)};
}

ToolView::Call called(Result<CallRequest> request) {
  if (!request) return refused(std::move(request.error()));
  return {std::move(*request), std::nullopt};
}

// What a caller is told of actions that would do more than it may with some parameters: those it may not use.
Actions capped(const Actions& actions, Effect most) {
  const auto does_more = [&](const EffectCondition& condition) { return condition.effect > most; };
  const auto fits = [&](const Action& action) { return action.worst_effect() <= most; };
  if (std::all_of(actions.begin(), actions.end(), fits)) return actions;
  std::vector<Action> told = actions.all();
  for (Action& action : told) std::erase_if(action.effect_conditions, does_more);
  return told;
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

std::set<std::string> all_filter_names(const std::vector<Tool>& tools) {
  std::set<std::string> all;
  for (const Tool& tool : tools) {
    all.insert(tool.name);
    all.insert(tool.module);
    for (const Action& action : tool.actions) {
      all.insert(tool.name + "." + action.name);
      all.insert(verbose_name(tool, action));
    }
  }
  all.erase(std::string());
  return all;
}

std::shared_ptr<const ToolView> ToolView::narrowed(ToolFilter filter) const {
  const auto view = std::make_shared<ToolView>(mode_, std::move(filter), max_result_tokens_);
  view->filters_.insert(view->filters_.end(), filters_.begin(), filters_.end());
  return view;
}

bool ToolView::hides(const Tool& tool, const Action& action) const {
  return !std::all_of(filters_.begin(), filters_.end(),
                      [&](const ToolFilter& filter) { return filter.admits(tool, action); });
}

bool ToolView::hides_module(const Catalogue& catalogue, std::string_view module) const {
  const auto hidden = [this](const Tool& tool, const Action& action) {
    return hides(tool, action);
  };
  return dockerhub::hides_module(catalogue, module, hidden);
}

Effect ToolView::limit() const {
  Effect most = Effect::destructive;
  for (const ToolFilter& filter : filters_) most = std::min(most, filter.most);
  return most;
}

std::vector<std::string> ToolView::filter_names(const Catalogue& catalogue, Effect most) const {
  const std::set<std::string> all = all_filter_names(*shown(catalogue, most));
  return {all.begin(), all.end()};
}

std::vector<Tool> ToolView::select(const Catalogue& catalogue, Effect most) const {
  std::vector<Tool> tools;
  for (const Tool& tool : catalogue.tools) {
    Tool copy = tool;
    // Content of the caller's own machine cannot be named from afar: what needs it is not offered.
    const auto hidden = [&](const Action& action) {
      return needs_store(action) || action.effect > most || hides(tool, action);
    };
    copy.actions = capped(copy.actions.without(hidden), most);
    if (!copy.actions.empty()) tools.push_back(std::move(copy));
  }
  return tools;
}

ToolView::Tools ToolView::shown(const Catalogue& catalogue, Effect most) const {
  most = std::min(most, limit());
  const std::lock_guard lock(mutex_);
  Kept& kept = kept_.at(static_cast<std::size_t>(most));
  if (kept.tools == nullptr || kept.catalogue != &catalogue || kept.version != catalogue.version) {
    kept = {&catalogue, catalogue.version,
            std::make_shared<const std::vector<Tool>>(select(catalogue, most))};
  }
  return kept.tools;
}

std::string ToolView::list(const Catalogue& catalogue, Effect most, bool structured) const {
  return json::object([&](json::Writer& writer) {
    writer.Key("tools");
    writer.StartArray();
    const Tools tools = shown(catalogue, most);
    if (mode_ == ToolMode::dynamic) put_dynamic_tools(writer, *tools, structured);
    if (condensed()) {
      for (const Tool& tool : *tools) put_condensed_tool(writer, tool, structured);
    }
    if (verbose()) put_verbose_tools(writer, *tools, structured);
    writer.EndArray();
  });
}

ToolView::Call ToolView::resolve(const Catalogue& catalogue, std::string_view tool,
                                 const json::Value* arguments, Effect most) const {
  // What a caller may not do is refused by the policy, which can say why; filters say nothing.
  const Tools tools = shown(catalogue, Effect::destructive);
  if (mode_ == ToolMode::dynamic)
    return dynamic_call({*shown(catalogue, most), *tools}, tool, arguments);
  if (condensed()) {
    if (const Tool* found = find_tool(*tools, tool)) {
      const Tools told = shown(catalogue, most);
      return called(read_tool_arguments(found->name, arguments, find_tool(*told, tool)));
    }
  }
  if (verbose()) {
    if (const auto found = find_verbose(*tools, tool)) {
      return called(read_verbose_arguments(*found->tool, *found->action, arguments));
    }
  }
  return {};
}

Effect ToolView::effect_of(const Catalogue& catalogue, std::string_view tool,
                           const json::Value* arguments) const {
  Call call = resolve(catalogue, tool, arguments, Effect::destructive);
  if (!call.request || call.request->options.dry_run) return Effect::read;
  const Tool* named = catalogue.find_tool(call.request->tool);
  const Action* action = named == nullptr ? nullptr : named->find_action(call.request->action);
  if (action == nullptr || hides(*named, *action)) return Effect::read;
  const Effect effect = effect_of_call(*action, call.request->params);
  json::wipe(call.request->params);
  return effect;
}

Error ToolView::unknown(const Catalogue& catalogue, std::string_view tool, Effect most) const {
  std::vector<std::string> known;
  const Tools tools = shown(catalogue, most);
  for (const Tool& each : *tools) {
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

std::string ToolView::instructions(const Catalogue& catalogue, Effect most) const {
  return server_instructions(*shown(catalogue, most), mode_);
}

}  // namespace dockerhub::mcp
