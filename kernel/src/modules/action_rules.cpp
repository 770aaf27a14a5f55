#include "modules/action_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/json.hpp"
#include "base/pattern.hpp"
#include "base/value_check.hpp"
#include "modules/schema_references.hpp"

namespace dockerhub {
namespace {

using Problem = std::optional<std::string>;
using Destinations = std::vector<Destination>;

constexpr std::array<std::string_view, 4> kSurfaces = {"hub", "scim", "registry", "scout"};
constexpr std::string_view kReservedAction = "describe";

std::vector<std::string> names_of(const Action& action) {
  std::vector<std::string> names;
  for (const Parameter& parameter : action.parameters) names.push_back(parameter.name);
  return names;
}

// Rows refer to parameters by their own names, never by aliases.
const Parameter* by_name(const Action& action, std::string_view name) {
  const Parameter* found = action.find_parameter(name);
  return found != nullptr && found->name == name ? found : nullptr;
}

Problem unknown(const Action& action, const std::string& where, const std::string& name) {
  if (by_name(action, name) != nullptr) return std::nullopt;
  const std::string meant = likely(name, names_of(action));
  return where + ": no parameter `" + name + "`" +
         (meant.empty() ? "" : "; did you mean `" + meant + "`?");
}

Problem unknown(const Action& action, const std::string& where,
                const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (auto problem = unknown(action, where, name)) return problem;
  }
  return std::nullopt;
}

// The names in braces: "Delete {name}" has `name`.
std::vector<std::string> placeholders(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) break;
    names.push_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

Problem check_reserved(const Action& action, const Destinations&) {
  if (action.name != kReservedAction) return std::nullopt;
  return "the name `describe` is reserved: the kernel answers it from the manifest";
}

Problem check_names(const Action& action, const Destinations&) {
  std::set<std::string> taken;
  for (const Parameter& parameter : action.parameters) {
    std::vector<std::string> names = parameter.aliases;
    names.push_back(parameter.name);
    for (const std::string& name : names) {
      if (!taken.insert(name).second) return "parameters: the name `" + name + "` is there twice";
    }
  }
  return std::nullopt;
}

bool has_text(const Parameter& parameter) {
  return parameter.type == ParameterType::string || parameter.type == ParameterType::repository;
}

bool has_number(const Parameter& parameter) {
  return parameter.type == ParameterType::integer || parameter.type == ParameterType::number;
}

template <typename Number>
bool upside_down(const std::optional<Number>& least, const std::optional<Number>& most) {
  return least && most && *least > *most;
}

Problem misplaced_bound(const Parameter& parameter) {
  const bool is_array = parameter.type == ParameterType::array;
  const bool texts =
      has_text(parameter) || (is_array && parameter.item_type == ParameterType::string);
  if (!parameter.choices.empty() && !texts) return "choices are for strings and arrays of strings";
  if ((parameter.minimum || parameter.maximum) && !has_number(parameter)) {
    return "minimum and maximum are for numbers";
  }
  if ((parameter.min_length || parameter.max_length || !parameter.pattern.empty()) &&
      !has_text(parameter)) {
    return "min_length, max_length and pattern are for strings";
  }
  if ((parameter.min_items || parameter.max_items) && !is_array)
    return "min_items and max_items are for arrays";
  if (upside_down(parameter.minimum, parameter.maximum) ||
      upside_down(parameter.min_length, parameter.max_length) ||
      upside_down(parameter.min_items, parameter.max_items)) {
    return "the lower bound is above the upper bound";
  }
  return std::nullopt;
}

// A caller's value may come as a text ("5"), one in a manifest has to be what it is: it is compared
// and filled in as it stands.
Problem misfit(const Parameter& parameter, const std::string& json) {
  auto value = json::parse(json);
  if (!value) return value.error().message;
  if (auto problem = check_value(parameter, *value)) return problem;
  if (const std::string canonical = json::write(*value); canonical != json) {
    return "must be written as " + canonical + ", is " + json;
  }
  return std::nullopt;
}

Problem check_default(const Parameter& parameter) {
  if (parameter.default_json.empty()) return std::nullopt;
  if (parameter.secret)
    return "a secret parameter cannot have a default: everybody can read a manifest";
  if (auto problem = misfit(parameter, parameter.default_json)) return "default " + *problem;
  return std::nullopt;
}

Problem check_parameters(const Action& action, const Destinations&) {
  for (const Parameter& parameter : action.parameters) {
    const std::string where = "parameter `" + parameter.name + "`: ";
    // Redaction looks for texts.
    if (parameter.secret && parameter.type != ParameterType::string) {
      return where + "a secret parameter has to be a string";
    }
    if (auto problem = misplaced_bound(parameter)) return where + *problem;
    if (!parameter.pattern.empty()) {
      if (auto compiled = compile_pattern(parameter.pattern); !compiled) {
        return where + "pattern: " + compiled.error().message;
      }
    }
    if (auto problem = check_default(parameter)) return where + *problem;
  }
  return std::nullopt;
}

Problem check_effect(const Action& action, const Destinations&) {
  for (const EffectCondition& condition : action.effect_conditions) {
    if (auto problem = unknown(action, "effect.when", condition.parameter)) return problem;
    if (condition.equals_json.empty()) continue;
    // A value that the parameter can never have would leave the call with the weaker effect.
    if (auto problem = misfit(*by_name(action, condition.parameter), condition.equals_json)) {
      return "effect.when: `" + condition.parameter + "` " + *problem;
    }
  }
  return std::nullopt;
}

Problem check_references(const Action& action, const Destinations&) {
  for (const auto& group : action.at_least_one) {
    if (auto problem = unknown(action, "at_least_one", group)) return problem;
  }
  for (const auto& group : action.at_most_one) {
    if (auto problem = unknown(action, "at_most_one", group)) return problem;
  }
  if (auto problem = unknown(action, "positionals", action.positionals)) return problem;
  if (action.short_form) {
    if (auto problem = unknown(action, "short.positionals", action.short_form->positionals))
      return problem;
  }
  if (auto problem = unknown(action, "confirm.text", placeholders(action.confirm_text)))
    return problem;
  if (auto problem = unknown(action, "confirm.target", placeholders(action.confirm_target)))
    return problem;
  return unknown(action, "rest.path", placeholders(action.rest_path));
}

// A path placeholder is filled by the parameter that names it on the wire, or that is called so.
bool fills(const Parameter& parameter, const std::string& placeholder) {
  if (parameter.wire.place == Wire::Place::path) return parameter.wire.name == placeholder;
  return parameter.wire.place == Wire::Place::none && parameter.wire.name.empty() &&
         parameter.name == placeholder;
}

Problem check_path(const Action& action, const RequestRow& request) {
  const std::vector<std::string> names = placeholders(request.path);
  for (const std::string& name : names) {
    const bool filled =
        std::any_of(action.parameters.begin(), action.parameters.end(),
                    [&](const Parameter& parameter) { return fills(parameter, name); });
    if (!filled) return "request.path: no parameter fills {" + name + "}";
  }
  for (const Parameter& parameter : action.parameters) {
    if (parameter.wire.place != Wire::Place::path) continue;
    if (std::find(names.begin(), names.end(), parameter.wire.name) == names.end()) {
      return "parameter `" + parameter.name + "`: request.path has no {" + parameter.wire.name +
             "}";
    }
  }
  return std::nullopt;
}

Problem check_surface(const RequestRow& request, const Destinations& destinations) {
  if (is_kernel_surface(request.surface)) return std::nullopt;
  std::vector<std::string> known(kSurfaces.begin(), kSurfaces.end());
  for (const Destination& destination : destinations) {
    if (destination.name == request.surface) return std::nullopt;
    known.push_back(destination.name);
  }
  const std::string meant = likely(request.surface, known);
  return "request.surface: neither a surface of the kernel nor a destination of the manifest: `" +
         request.surface + "`" + (meant.empty() ? "" : "; did you mean `" + meant + "`?");
}

Problem check_request(const Action& action, const Destinations& destinations) {
  if (!action.request) return std::nullopt;
  const RequestRow& request = *action.request;
  if (auto problem = check_surface(request, destinations)) return problem;
  if (auto problem = check_path(action, request)) return problem;
  if (request.safe_query && request.method != "POST") return "request.safe_query is for POST";
  return request.host_parameter.empty() ? std::nullopt
                                        : unknown(action, "request.host", request.host_parameter);
}

Problem check_schema(const Action& action, const Destinations&) {
  if (action.input_schema.empty()) return std::nullopt;
  const auto schema = json::parse(action.input_schema);
  if (!schema) return "input_schema: " + schema.error().message;
  if (json::text_of(*schema, "type") != "object")
    return "input_schema: the root has to be of type object";
  if (auto problem = bad_reference(*schema)) return "input_schema: " + *problem;
  return std::nullopt;
}

using Rule = Problem (*)(const Action&, const Destinations&);
constexpr std::array<Rule, 7> kRules = {check_reserved, check_names,      check_parameters,
                                        check_effect,   check_references, check_request,
                                        check_schema};

}  // namespace

bool is_kernel_surface(std::string_view name) {
  return std::find(kSurfaces.begin(), kSurfaces.end(), name) != kSurfaces.end();
}

std::optional<std::string> broken_rule(const Action& action,
                                       const std::vector<Destination>& destinations) {
  for (const Rule rule : kRules) {
    if (auto problem = rule(action, destinations)) return problem;
  }
  return std::nullopt;
}

}  // namespace dockerhub
