// Mistakes in rows that can be told while compiling: the compiler's message shows the rule that is
// broken, as the text of the demand() that failed.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "dockerhub/sdk/answer_of.hpp"
#include "dockerhub/sdk/manifest.hpp"
#include "dockerhub/sdk/steps.hpp"

namespace dockerhub::sdk {

constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Names of modules, tools, actions: [a-z][a-z0-9_]*.
constexpr bool is_identifier(std::string_view name) {
  if (name.empty() || name.size() > 64 || !is_lower(name[0])) return false;
  for (const char c : name) {
    if (!is_lower(c) && !is_digit(c) && c != '_') return false;
  }
  return true;
}

constexpr bool is_parameter_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || !(is_lower(name[0]) || is_upper(name[0]))) return false;
  for (const char c : name) {
    if (!is_lower(c) && !is_upper(c) && !is_digit(c) && c != '_') return false;
  }
  return true;
}

// True for one JSON object as far as brackets and quotes tell: the mistakes of raw string literals.
constexpr bool is_bracketed_object(std::string_view json) {
  std::size_t depth = 0;
  std::array<char, 64> expected{};
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (depth == expected.size()) return false;
      expected[depth++] = c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (depth == 0 || expected[--depth] != c) return false;
      if (depth == 0) return json[0] == '{' && i + 1 == json.size();
    }
  }
  return false;
}

template <typename Rows>
constexpr const Parameter* find_parameter(const Rows& rows, std::string_view name) {
  const Parameter* found = nullptr;
  for_each_parameter(rows, [&](const Parameter& row) {
    if (row.name == name) found = &row;
  });
  return found;
}

template <typename Rows, typename List>
constexpr void check_names(const Rows& rows, const List& names) {
  for (const std::string_view name : names) {
    demand(find_parameter(rows, name) != nullptr,
           "a row names a parameter that its action does not have");
  }
}

template <typename Rows>
constexpr void check_parameters(const Rows& rows) {
  std::array<std::string_view, 40> seen{};
  std::size_t count = 0;
  for_each_parameter(rows, [&](const Parameter& row) {
    demand(is_parameter_name(row.name),
           "the name of a parameter is [A-Za-z][A-Za-z0-9_]*, at most 64");
    demand(count < seen.size(), "an action has at most 40 parameters");
    for (std::size_t i = 0; i < count; ++i) {
      demand(seen[i] != row.name, "two parameters of an action have the same name");
    }
    demand(!row.is_secret || (!row.sample.given() && !row.initial.given()),
           "a secret parameter has neither example nor default");
    demand(!row.is_secret || row.type == Type::string, "a secret parameter is of type string");
    demand(!row.is_required || !row.initial.given(), "a required parameter has no default");
    seen[count++] = row.name;
  });
}

template <typename Rows>
constexpr void check_path(const RequestRow& request, const Rows& rows) {
  const std::string_view text = request.path.view();
  demand(!text.empty() && text[0] == '/', "a path template begins with /");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') continue;
    const std::size_t end = text.find('}', at);
    demand(end != std::string_view::npos, "a { of a path template has no }");
    const auto placeholder = text.substr(at + 1, end - at - 1);
    bool found = false;
    for_each_parameter(rows, [&](const Parameter& row) {
      if (wire_name(row) != placeholder) return;
      found = true;
      demand(row.is_required || row.initial.given(),
             "a parameter in a path is required or has a default");
    });
    demand(found, "a {name} of a path template has no parameter");
  }
}

constexpr void check_effect(const RequestRow& request, Effect effect) {
  const bool reads = request.method == "GET" || request.method == "HEAD" || request.is_safe_query;
  demand(reads || effect != Effect::read,
         "an action of effect read sends GET, HEAD or a POST marked safe_query()");
  demand(request.method != "DELETE" || effect == Effect::destructive,
         "an action that sends DELETE has the effect destructive");
}

template <typename Work>
constexpr void check_action(const Action<Work>& row) {
  const ActionFacts& facts = row.facts();
  demand(is_identifier(facts.name), "the name of an action is [a-z][a-z0-9_]*, at most 64");
  demand(facts.name != "describe", "the action name describe belongs to the kernel");
  demand(!facts.summary.empty() && facts.summary.size() <= 200,
         "the summary of an action is one sentence of at most 200 bytes");
  demand(facts.raw_schema.empty() || is_bracketed_object(facts.raw_schema),
         "schema() takes one JSON object, beginning and ending with its braces");
  for (const std::string_view example : facts.examples) {
    demand(is_bracketed_object(example),
           "example() takes one JSON object, beginning and ending with its braces");
  }
  check_parameters(row.parameters());
  check_names(row.parameters(), facts.positionals);
  check_names(row.parameters(), facts.short_positionals);
  for (const Names& names : facts.at_least_one) check_names(row.parameters(), names);
  for (const Names& names : facts.at_most_one) check_names(row.parameters(), names);
  for (const EffectCondition& condition : facts.conditions) {
    demand(find_parameter(row.parameters(), condition.parameter) != nullptr,
           "an effect depends on a parameter that the action does not have");
    demand(condition.effect > facts.effect, "a condition can only raise the effect");
  }
  if (const RequestRow* request = request_of(row)) {
    demand(!facts.handles_dry_run, "dry_run() is for rows with call(handler)");
    check_path(*request, row.parameters());
    check_effect(*request, facts.effect);
  }
}

// Each place of the text is a name of which is_known(name) is true.
template <typename IsKnown>
constexpr void check_places(std::string_view text, IsKnown is_known, const char* rule) {
  for (auto place = next_place(text, 0); place; place = next_place(text, place->end)) {
    demand(is_known(place->name), rule);
  }
}

constexpr void check_resource(const Resource<AnswerOf>& row) {
  demand(is_bracketed_object(row.work.params),
         "answer_of() takes its parameters as one JSON object with its braces");
  const auto is_variable = [&](std::string_view name) {
    for (auto place = next_place(row.uri, 0); place; place = next_place(row.uri, place->end)) {
      if (place->name == name) return true;
    }
    return false;
  };
  check_places(row.work.params, is_variable,
               "a {name} of answer_of() is no variable of the resource's URI");
}

constexpr void check_argument_places(const Prompt<Steps>& row, std::string_view text) {
  const auto is_argument = [&](std::string_view name) {
    for (const Argument& argument : row.arguments) {
      if (argument.name == name) return true;
    }
    return false;
  };
  check_places(text, is_argument, "a {name} of steps() is no argument of the prompt");
}

constexpr void check_prompt(const Prompt<Steps>& row) {
  check_argument_places(row, row.work.aim);
  for (const Step& step : row.work) {
    demand(step.tool.empty() == step.action.empty() &&
               (step.tool.empty() ? step.params.empty() : is_bracketed_object(step.params)),
           "a step names a tool, an action and its parameters as one JSON object, or none of them");
    check_argument_places(row, step.text);
    check_argument_places(row, step.params);
  }
}

// Names of one kind, each once.
template <std::size_t Count>
class UniqueNames {
 public:
  constexpr void clear() { count_ = 0; }
  constexpr void add(std::string_view name, const char* rule) {
    for (std::size_t i = 0; i < count_; ++i) demand(names_[i] != name, rule);
    demand(count_ < Count, rule);
    names_[count_++] = name;
  }

 private:
  std::array<std::string_view, Count> names_{};
  std::size_t count_ = 0;
};

class RowChecks {
 public:
  constexpr void add(const Tool& row) {
    demand(is_identifier(row.name), "the name of a tool is [a-z][a-z0-9_]*, at most 64");
    tools_.add(row.name, "two tools have the same name, or there are more than 16");
    actions_.clear();
  }
  template <typename Work>
  constexpr void add(const Action<Work>& row) {
    check_action(row);
    actions_.add(row.facts().name, "two actions of a tool have the same name, or more than 128");
  }
  template <typename State>
  constexpr void add(const InstanceRow<State>&) {
    demand(!has_instance_, "a module has one instance row");
    has_instance_ = true;
  }
  constexpr void add(const Resource<AnswerOf>& row) { check_resource(row); }
  constexpr void add(const Prompt<Steps>& row) { check_prompt(row); }
  template <typename Row>
  constexpr void add(const Row&) {}

 private:
  UniqueNames<16> tools_;
  UniqueNames<128> actions_;
  bool has_instance_ = false;
};

// True; a mistake ends the compilation.
template <typename Rows>
consteval bool rows_are_right() {
  return Rows::visit([](const Module& module_row, const auto&... rows) {
    demand(is_identifier(module_row.name) && module_row.name.size() >= 2 &&
               module_row.name.size() <= 40,
           "the name of a module is [a-z][a-z0-9_]*, 2 to 40 characters");
    demand(!module_row.version.empty(), "a module has a version");
    RowChecks checks;
    (checks.add(rows), ...);
    return true;
  });
}

}  // namespace dockerhub::sdk
