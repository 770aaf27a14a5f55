#include <algorithm>

#include "dockerhub/hides_module.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

template <typename Rows>
auto find_by_name(const Rows& rows, std::string_view name) -> decltype(rows.data()) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const Parameter* Action::find_parameter(std::string_view name_or_alias) const {
  if (const Parameter* parameter = find_by_name(parameters, name_or_alias); parameter != nullptr)
    return parameter;
  for (const Parameter& parameter : parameters) {
    if (std::find(parameter.aliases.begin(), parameter.aliases.end(), name_or_alias) !=
        parameter.aliases.end()) {
      return &parameter;
    }
  }
  return nullptr;
}

Effect Action::worst_effect() const {
  Effect worst = effect;
  for (const EffectCondition& condition : effect_conditions)
    worst = std::max(worst, condition.effect);
  return worst;
}

std::optional<ShortFormLine> short_form_line(const Action& action) {
  if (!action.short_form) return std::nullopt;
  ShortFormLine line{action.short_form->name, action.summary, {}, action.worst_effect()};
  for (const std::string& name : action.short_form->positionals) {
    const Parameter* parameter = action.find_parameter(name);
    line.positionals.push_back({name, parameter != nullptr && parameter->required});
  }
  return line;
}

bool needs_store(const Action& action) {
  return std::any_of(action.parameters.begin(), action.parameters.end(),
                     [](const Parameter& parameter) {
                       return parameter.type == ParameterType::store && parameter.required;
                     });
}

const Action* Tool::find_action(std::string_view action) const {
  return find_by_name(actions.all(), action);
}

const Tool* Catalogue::find_tool(std::string_view tool) const {
  return find_by_name(tools, tool);
}

bool hides_module(const Catalogue& catalogue, std::string_view module,
                  const std::function<bool(const Tool&, const Action&)>& hides) {
  if (!hides) return false;
  bool has_actions = false;
  for (const Tool& tool : catalogue.tools) {
    if (tool.module != module) continue;
    for (const Action& action : tool.actions) {
      if (!hides(tool, action)) return false;
      has_actions = true;
    }
  }
  return has_actions;
}

}  // namespace dockerhub
