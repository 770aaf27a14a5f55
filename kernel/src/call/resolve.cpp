#include <algorithm>

#include "call/steps.hpp"

namespace dockerhub {
namespace {

template <typename Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names;
  names.reserve(rows.size() + 1);
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string meant(std::string_view given, const std::vector<std::string>& names) {
  const std::string near = likely(given, names);
  return near.empty() ? std::string() : "Did you mean '" + near + "'? ";
}

// The module of that name when it is there but cannot be called: that explains more than a near miss.
std::optional<ModuleInfo> absent_module(const ModuleTable& modules, const std::string& name) {
  const std::vector<std::string> names = modules.names();
  if (std::find(names.begin(), names.end(), name) == names.end()) return std::nullopt;
  for (ModuleInfo& module : modules.list()) {
    if (module.name == name && !module.reason.empty()) return std::move(module);
  }
  return std::nullopt;
}

Error unknown_tool(const Services& services, const Catalogue& catalogue, const std::string& given) {
  const std::vector<std::string> names = names_of(catalogue.tools);
  Error error;
  error.kind = ErrorKind::unknown_tool;
  error.message = "there is no tool '" + visible(given) + "'";
  if (const auto module = absent_module(*services.modules, given)) {
    error.message += ": its module is " + std::string(module_state_name(module->state));
    error.hint = module->reason;
    return error;
  }
  error.hint = meant(given, names) + (names.empty()
                                          ? "No module is loaded: `dockerhub plugin list` says why."
                                          : "Tools: " + listed(names) + ".");
  return error;
}

bool hides(const Caller* caller, const Tool& tool, const Action& action) {
  return caller != nullptr && caller->hides && caller->hides(tool, action);
}

Error not_told_of(const Tool& tool, const std::string& action, const Caller* caller) {
  return unknown_action(caller == nullptr ? tool : told(tool, *caller), action);
}

}  // namespace

Tool told(const Tool& tool, const Caller& caller) {
  Tool part = tool;
  part.actions = tool.actions.without([&](const Action& action) {
    return (!caller.store && needs_store(action)) || hides(&caller, tool, action) ||
           (caller.leaves_out && caller.leaves_out(tool, action));
  });
  return part;
}

Error unknown_action(const Tool& tool, const std::string& given) {
  std::vector<std::string> names = names_of(tool.actions);
  names.emplace_back("describe");
  Error error;
  error.kind = ErrorKind::unknown_action;
  error.message = "tool '" + tool.name + "' has no action '" + visible(given) + "'";
  error.hint = meant(given, names) + "Actions: " + listed(names) + ".";
  return error;
}

const Manifest* Target::manifest() const {
  const auto found = snapshot->manifests.find(tool->module);
  return found == snapshot->manifests.end() ? nullptr : found->second.get();
}

Result<Target> resolve(const Services& services, const CallRequest& request, const Caller* caller) {
  Target target;
  target.snapshot = services.modules->snapshot();
  const Catalogue& catalogue = target.snapshot->catalogue;
  target.tool = catalogue.find_tool(request.tool);
  if (target.tool == nullptr) return Failure(unknown_tool(services, catalogue, request.tool));
  target.describe = request.action == "describe";
  if (target.describe) return target;
  target.action = target.tool->find_action(request.action);
  if (target.action == nullptr || hides(caller, *target.tool, *target.action))
    return Failure(not_told_of(*target.tool, request.action, caller));
  return target;
}

}  // namespace dockerhub
