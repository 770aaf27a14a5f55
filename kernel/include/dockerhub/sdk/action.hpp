// Rows of actions. An action is a name, an effect, one sentence, what does the work (call(f) or a
// request row) and its parameters; member functions say the rest. An action row is written inside
// DOCKERHUB_MODULE(...), never kept in a variable: its parameter list lives as long as that
// expression.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/constant.hpp"
#include "dockerhub/sdk/handler.hpp"
#include "dockerhub/sdk/list.hpp"
#include "dockerhub/sdk/parameter.hpp"
#include "dockerhub/sdk/request.hpp"

namespace dockerhub::sdk {

enum class Effect { read, write, destructive };
inline constexpr Effect read = Effect::read;                // changes nothing
inline constexpr Effect write = Effect::write;              // changes something, deletes nothing
inline constexpr Effect destructive = Effect::destructive;  // what it ends cannot be brought back

constexpr std::string_view effect_name(Effect effect) {
  constexpr std::array<std::string_view, 3> kNames = {"read", "write", "destructive"};
  return kNames[static_cast<std::size_t>(effect)];
}

struct EffectCondition {
  std::string_view parameter{};
  Constant equals{};  // not given: the parameter is there at all
  Effect effect = Effect::read;
};

using Names = std::initializer_list<std::string_view>;

// What the manifest says of an action beside its parameters.
struct ActionFacts {
  std::string_view name{}, summary{};
  Effect effect = Effect::read;
  std::string_view title{}, description{};
  List<EffectCondition, 16> conditions{};
  bool is_idempotent = false, handles_dry_run = false;
  std::string_view confirm_text{}, confirm_target{};
  List<Names, 8> at_least_one{}, at_most_one{};
  std::string_view raw_schema{};
  std::string_view verbose_name{};
  std::string_view rest_method{}, rest_path{};
  std::string_view answer_kind{}, items_key{}, item_identity{};
  Texts<24> columns{};
  Texts<16> shown_once{}, from_outside{};
  bool is_verbatim = false;
  Texts<16> positionals{};
  std::string_view short_name{};
  Texts<16> short_positionals{};
  Texts<8> examples{};
  std::string_view deprecated_since{}, deprecated_use{};
};

template <typename Work>
class Action {
 public:
  constexpr Action(std::string_view name, Effect effect, std::string_view summary, Work work,
                   std::initializer_list<Parameter> parameters)
      : work_(work), parameters_(parameters) {
    facts_.name = name;
    facts_.effect = effect;
    facts_.summary = summary;
  }

  constexpr Action&& title(std::string_view text) { return set(facts_.title, text); }
  // More than the summary, at most two sentences.
  constexpr Action&& describe(std::string_view text) { return set(facts_.description, text); }
  // Doing it twice is like doing it once.
  constexpr Action&& idempotent() { return set(facts_.is_idempotent, true); }
  // The handler honours Context::dry_run(). Without it the kernel answers the dry run of a write by
  // itself and does not run the handler; handlers of effect read are always run.
  constexpr Action&& dry_run() { return set(facts_.handles_dry_run, true); }
  // What a person consents to, and the name that dies: templates with {parameter}.
  constexpr Action&& confirm(std::string_view text, std::string_view target = {}) {
    facts_.confirm_target = target;
    return set(facts_.confirm_text, text);
  }
  // The effect rises when the parameter has this value; without a value: when it is given.
  constexpr Action&& destructive_when(std::string_view parameter, Constant equals = {}) {
    return add(facts_.conditions, EffectCondition{parameter, equals, Effect::destructive});
  }
  constexpr Action&& write_when(std::string_view parameter, Constant equals = {}) {
    return add(facts_.conditions, EffectCondition{parameter, equals, Effect::write});
  }
  // Parameters of which one has to be there, or of which no two may be.
  constexpr Action&& at_least_one(Names names) { return add(facts_.at_least_one, names); }
  constexpr Action&& at_most_one(Names names) { return add(facts_.at_most_one, names); }
  // A JSON Schema of the parameters in place of the one made from the rows.
  constexpr Action&& schema(std::string_view json) { return set(facts_.raw_schema, json); }
  // Its own name where each action is a tool: "dockerhub_get_repository".
  constexpr Action&& verbose(std::string_view name) { return set(facts_.verbose_name, name); }
  // Its route over HTTP. A row that is a request to Docker Hub has that request's without saying so.
  constexpr Action&& rest(std::string_view method, std::string_view path) {
    facts_.rest_method = method;
    return set(facts_.rest_path, path);
  }
  // The answer is a list: items come one by one, or stand under `key`; `identity` tells one from
  // another.
  constexpr Action&& items(std::string_view key = {}, std::string_view identity = {}) {
    facts_.items_key = key;
    facts_.item_identity = identity;
    return set(facts_.answer_kind, "items");
  }
  constexpr Action&& answers_text() { return set(facts_.answer_kind, "text"); }
  constexpr Action&& answers_bytes() { return set(facts_.answer_kind, "bytes"); }
  // What a table shows, in this order.
  template <typename... Name>
  constexpr Action&& columns(Name... names) {
    return add(facts_.columns, names...);
  }
  // Keys of the answer: secrets that are told this once; text that strangers wrote.
  template <typename... Name>
  constexpr Action&& shown_once(Name... names) {
    return add(facts_.shown_once, names...);
  }
  template <typename... Name>
  constexpr Action&& from_outside(Name... names) {
    return add(facts_.from_outside, names...);
  }
  // The bytes of the answer are the contract: scanned for secrets, not rewritten.
  constexpr Action&& verbatim() { return set(facts_.is_verbatim, true); }
  // Parameters that a command line takes without their names, in this order.
  template <typename... Name>
  constexpr Action&& positional(Name... names) {
    return add(facts_.positionals, names...);
  }
  // A command of its own: `dockerhub ls NAMESPACE`.
  template <typename... Name>
  constexpr Action&& short_form(std::string_view name, Name... names) {
    facts_.short_name = name;
    return add(facts_.short_positionals, names...);
  }
  // Parameters of an example, as a JSON object.
  constexpr Action&& example(std::string_view json) { return add(facts_.examples, json); }
  constexpr Action&& deprecated(std::string_view since, std::string_view use = {}) {
    facts_.deprecated_use = use;
    return set(facts_.deprecated_since, since);
  }

  constexpr const ActionFacts& facts() const { return facts_; }
  constexpr const Work& work() const { return work_; }
  constexpr std::initializer_list<Parameter> parameters() const { return parameters_; }

 private:
  template <typename Field, typename Value>
  constexpr Action&& set(Field& field, Value value) {
    field = value;
    return std::move(*this);
  }
  template <typename Elements, typename... Element>
  constexpr Action&& add(Elements& list, Element... element) {
    (list.add(element), ...);
    return std::move(*this);
  }

  ActionFacts facts_{};
  Work work_;
  std::initializer_list<Parameter> parameters_;
};

template <typename Work>
constexpr Action<Work> action(std::string_view name, Effect effect, std::string_view summary,
                              Work work, std::initializer_list<Parameter> parameters = {}) {
  return {name, effect, summary, work, parameters};
}

}  // namespace dockerhub::sdk
