// Actions as the manifest states them (manifest-1.schema.json: action). Compile time.
#pragma once

#include <concepts>
#include <string_view>

#include "dockerhub/sdk/action.hpp"
#include "dockerhub/sdk/manifest_json.hpp"
#include "dockerhub/sdk/manifest_parameter.hpp"

namespace dockerhub::sdk {

template <typename Sink>
constexpr void write_effect(ManifestWriter<Sink>& json, const ActionFacts& facts) {
  json.key("effect");
  json.begin_object();
  json.member("is", effect_name(facts.effect));
  if (!facts.conditions.empty()) {
    json.key("when");
    json.begin_array();
    for (const EffectCondition& condition : facts.conditions) {
      json.begin_object();
      json.member("parameter", condition.parameter);
      json.member("equals", condition.equals);
      json.member("is", effect_name(condition.effect));
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

template <typename Sink>
constexpr void write_confirm(ManifestWriter<Sink>& json, const ActionFacts& facts) {
  if (facts.confirm_text.empty()) return;
  json.key("confirm");
  json.begin_object();
  json.member("text", facts.confirm_text);
  json.member("target", facts.confirm_target);
  json.end_object();
}

template <typename Sink, typename Groups>
constexpr void write_name_groups(ManifestWriter<Sink>& json, std::string_view name,
                                 const Groups& groups) {
  if (groups.empty()) return;
  json.key(name);
  json.begin_array();
  for (const Names& names : groups) json.texts(names);
  json.end_array();
}

template <typename Sink>
constexpr void write_answer(ManifestWriter<Sink>& json, const ActionFacts& facts) {
  const bool says_nothing = facts.answer_kind.empty() && facts.columns.empty() &&
                            facts.shown_once.empty() && facts.from_outside.empty() &&
                            !facts.is_verbatim;
  if (says_nothing) return;
  json.key("answer");
  json.begin_object();
  json.member("kind", facts.answer_kind);
  json.member("items", facts.items_key);
  json.member("identity", facts.item_identity);
  json.list("columns", facts.columns);
  json.list("shown_once", facts.shown_once);
  json.list("from_outside", facts.from_outside);
  json.member("verbatim", facts.is_verbatim);
  json.end_object();
}

template <typename Sink>
constexpr void write_forms(ManifestWriter<Sink>& json, const ActionFacts& facts) {
  json.list("positionals", facts.positionals);
  if (!facts.short_name.empty()) {
    json.key("short");
    json.begin_object();
    json.member("name", facts.short_name);
    json.list("positionals", facts.short_positionals);
    json.end_object();
  }
  if (!facts.examples.empty()) {
    json.key("examples");
    json.begin_array();
    for (const std::string_view example : facts.examples) json.raw(example);
    json.end_array();
  }
  if (!facts.deprecated_since.empty()) {
    json.key("deprecated");
    json.begin_object();
    json.member("since", facts.deprecated_since);
    json.member("use", facts.deprecated_use);
    json.end_object();
  }
}

template <typename Sink>
constexpr void write_parameters(ManifestWriter<Sink>& json,
                                std::initializer_list<Parameter> parameters,
                                const RequestRow* request) {
  if (parameters.size() == 0) return;
  json.key("parameters");
  json.begin_array();
  for_each_parameter(parameters,
                     [&](const Parameter& row) { write_parameter(json, row, request); });
  json.end_array();
}

template <typename Work>
constexpr const RequestRow* request_of(const Action<Work>& row) {
  if constexpr (std::same_as<Work, RequestRow>) {
    return &row.work();
  } else {
    return nullptr;
  }
}

// True when each {name} of the template is the name of a parameter.
constexpr bool names_parameters(std::string_view path_template,
                                std::initializer_list<Parameter> parameters) {
  for (std::size_t at = 0; at < path_template.size(); ++at) {
    if (path_template[at] != '{') continue;
    const std::size_t end = path_template.find('}', at);
    bool found = false;
    for_each_parameter(parameters, [&](const Parameter& row) {
      found = found || row.name == path_template.substr(at + 1, end - at - 1);
    });
    if (!found) return false;
  }
  return true;
}

// The route of an action over HTTP: as the row says, else that of the request to Docker Hub which the
// row is.
template <typename Sink, typename Work>
constexpr void write_rest(ManifestWriter<Sink>& json, const Action<Work>& row) {
  const ActionFacts& facts = row.facts();
  const RequestRow* request = request_of(row);
  const bool is_hub =
      request != nullptr && (request->surface == "hub" || request->surface == "scim");
  const bool is_derived =
      is_hub && facts.rest_path.empty() && names_parameters(request->path.view(), row.parameters());
  if (facts.rest_path.empty() && !is_derived) return;
  json.key("rest");
  json.begin_object();
  json.member("method", is_derived ? request->method : facts.rest_method);
  json.member("path", is_derived ? request->path.view() : facts.rest_path);
  json.end_object();
}

template <typename Sink, typename Work>
constexpr void write_action(ManifestWriter<Sink>& json, const Action<Work>& row) {
  const ActionFacts& facts = row.facts();
  const RequestRow* request = request_of(row);
  json.begin_object();
  json.member("name", facts.name);
  json.member("title", facts.title);
  json.member("summary", facts.summary);
  json.member("description", facts.description);
  write_effect(json, facts);
  json.member("idempotent", facts.is_idempotent);
  if (facts.handles_dry_run) json.member("dry_run", "handler");
  write_confirm(json, facts);
  write_parameters(json, row.parameters(), request);
  write_name_groups(json, "at_least_one", facts.at_least_one);
  write_name_groups(json, "at_most_one", facts.at_most_one);
  if (!facts.raw_schema.empty()) {
    json.key("input_schema");
    json.raw(facts.raw_schema);
  }
  json.member("verbose_name", facts.verbose_name);
  write_rest(json, row);
  if (request != nullptr) write_request(json, *request);
  write_answer(json, facts);
  write_forms(json, facts);
  json.end_object();
}

}  // namespace dockerhub::sdk
