// What can be called: tools with their actions and parameters, resources and prompts, as the manifests of the
// modules state them. Plain values, which whoever has a copy may keep; any thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/error.hpp"

namespace dockerhub {

enum class Effect { read, write, destructive };
DOCKERHUB_API std::string_view effect_name(Effect effect);

enum class ParameterType {
  string,
  integer,
  number,
  boolean,
  array,
  object,
  any,
  repository,
  store
};
DOCKERHUB_API std::string_view parameter_type_name(ParameterType type);

// Where a parameter goes in a request row.
struct Wire {
  enum class Place { none, path, query, body, header };
  Place place = Place::none;
  std::string name;
  bool also_in_body = false;  // under the same name
};

// One parameter of an action, as its manifest states it. Numbers are unset where there is no bound.
struct Parameter {
  std::string name;
  ParameterType type = ParameterType::string;
  std::string description;
  bool required = false;
  bool secret = false;  // never from a command line, never in examples, plans or journals
  std::string default_json;
  std::string example_json;
  std::vector<std::string> aliases;
  std::vector<std::string> choices;  // of a string, or of the items of an array
  std::optional<double> minimum, maximum;
  std::optional<std::size_t> min_length, max_length;  // Unicode code points
  std::optional<std::size_t> min_items, max_items;
  std::string pattern;  // the whole value has to match (PCRE)
  std::string format;   // "date-time", "uri", "email"; descriptive
  ParameterType item_type = ParameterType::string;
  Wire wire;
};

// "destructive when active=false": the effect is at least `effect` when the parameter is given, or
// when it has exactly this value.
struct EffectCondition {
  std::string parameter;
  std::string equals_json;  // empty: given at all
  Effect effect = Effect::destructive;
};

// How the kernel executes an action by itself (row feature "request/1").
struct RequestRow {
  std::string surface, method, path, credential, accept, media_type, expect, paging_json,
      host_parameter;
  bool safe_query = false;                                          // a POST that changes nothing
  std::vector<std::pair<std::string, std::string>> query, headers;  // constants
};

struct Answer {
  std::string kind;  // "json" (default), "items", "text", "bytes"
  std::string items_key;
  std::string item_identity;
  std::vector<std::string> columns, shown_once, from_outside;
  bool verbatim = false;  // the bytes are the contract: scanned, not rewritten
};

struct ShortForm {
  std::string name;
  std::vector<std::string> positionals;
};

struct Action {
  std::string name, title, summary, description;
  Effect effect = Effect::read;
  std::vector<EffectCondition> effect_conditions;
  bool idempotent = false;
  bool dry_run_by_handler = false;  // else the kernel answers a dry run of a write by itself
  std::string confirm_text,
      confirm_target;  // templates with {parameter}; empty: made by the kernel
  std::vector<Parameter> parameters;
  std::vector<std::vector<std::string>> at_least_one, at_most_one;
  std::string input_schema;  // raw JSON Schema where the module states its own, else empty
  std::string verbose_name;  // own name in one-tool-per-action frontends, or empty
  std::string rest_method, rest_path;
  std::optional<RequestRow> request;
  Answer answer;
  std::vector<std::string> positionals;
  std::optional<ShortForm> short_form;
  std::vector<std::string> examples;  // params as JSON
  std::string deprecated_since, deprecated_use;

  DOCKERHUB_API const Parameter* find_parameter(std::string_view name_or_alias) const;
  // The most dangerous effect that this action can have.
  DOCKERHUB_API Effect worst_effect() const;
};

// What a list of short forms says of one.
struct ShortFormLine {
  struct Positional {
    std::string name;
    bool required = false;
  };
  std::string name, summary;
  std::vector<Positional> positionals;
  Effect worst_effect = Effect::read;
};
// Nothing: the action has no short form.
DOCKERHUB_API std::optional<ShortFormLine> short_form_line(const Action& action);

// The actions of a tool, which does not change: copies of it share them. Like a const vector, which may be made when
// it is first looked into; any thread.
class Actions {
 public:
  using value_type = Action;
  using const_iterator = std::vector<Action>::const_iterator;

  // What rows are made of when somebody looks at them.
  struct Source {
    std::size_t count = 0;
    std::vector<std::pair<ShortFormLine, std::size_t>> short_forms;  // and whose they are
    std::function<Action(std::size_t)> make;                         // throws nothing but bad_alloc
  };

  Actions() = default;
  DOCKERHUB_API Actions(
      std::vector<Action> actions);  // NOLINT(google-explicit-constructor): as a vector is given
  DOCKERHUB_API explicit Actions(Source source);

  DOCKERHUB_API const std::vector<Action>& all() const;
  const_iterator begin() const { return all().begin(); }
  const_iterator end() const { return all().end(); }
  std::size_t size() const { return rows_ ? rows_->count : 0; }
  bool empty() const { return size() == 0; }
  const Action& front() const { return all().front(); }
  const Action& operator[](std::size_t index) const { return all()[index]; }

  // Of all that have one. Where nobody has looked yet, no action is made for it.
  DOCKERHUB_API std::vector<ShortFormLine> short_forms() const;
  // Those with a short form whose name is wanted. Where nobody has looked yet, no others are made for it; `wanted` does
  // not look at these actions itself.
  DOCKERHUB_API std::vector<Action> with_short_form(
      const std::function<bool(std::string_view)>& wanted) const;

  // These without the ones of which `unwanted` is true; with nothing unwanted still the same ones.
  template <typename Unwanted>
  Actions without(const Unwanted& unwanted) const {
    if (std::none_of(begin(), end(), unwanted)) return *this;
    std::vector<Action> wanted;
    std::remove_copy_if(begin(), end(), std::back_inserter(wanted), unwanted);
    return wanted;
  }

 private:
  struct Rows {
    std::size_t count = 0;
    std::atomic<bool> are_made = false;
    std::mutex mutex;  // of the source until then
    Source source;
    std::vector<Action> made;
  };
  std::shared_ptr<Rows> rows_;
};

struct Tool {
  std::string name, title, summary, description;
  std::string module;
  Actions actions;
  std::string publisher;  // of a module that is not part of the installation, else empty

  DOCKERHUB_API const Action* find_action(std::string_view name) const;
};

struct ResourceInfo {
  std::string uri;  // or URI template (RFC 6570, level 1)
  std::string name, title, description, media_type, module;
};

struct PromptArgument {
  std::string name, description;
  bool required = false;
};

struct PromptInfo {
  std::string name, title, description, module;
  std::vector<PromptArgument> arguments;
};

// What can be called now: an immutable snapshot. Tools, resources and prompts are sorted by name.
struct Catalogue {
  std::uint64_t version = 0;  // rises with every change, and may rise without one
  std::vector<Tool> tools;
  std::vector<ResourceInfo> resources, resource_templates;
  std::vector<PromptInfo> prompts;

  DOCKERHUB_API const Tool* find_tool(std::string_view name) const;
};

// The effect of a call with these parameters (a JSON object): the row's, raised by the conditions that they
// meet. Parameters that the row refuses raise nothing.
DOCKERHUB_API Effect effect_of_call(const Action& action, std::string_view params);

// Whether it can run only for a caller who binds stores.
DOCKERHUB_API bool needs_store(const Action& action);

// JSON Schema (safe subset of what model services accept) of an action's parameters, or the
// module's raw one. compact: without descriptions.
DOCKERHUB_API std::string input_schema(const Action& action, bool compact = false);

// What an error about parameters tells of the action (a JSON object, for Error::details): its schema as
// "schema", without descriptions where it has more than 4 KiB; of one that is longer still the schema of
// this one parameter, as "properties". Empty where that is too long as well.
DOCKERHUB_API std::string schema_details(const Action& action, std::string_view parameter);

}  // namespace dockerhub
