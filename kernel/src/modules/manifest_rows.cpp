#include "modules/manifest_rows.hpp"

#include <array>
#include <optional>

namespace dockerhub {
namespace {

// One text per enumerator, in the order of the enumeration.
constexpr std::array<std::string_view, 5> kWirePlaces = {"none", "path", "query", "body", "header"};

// The enumerator whose text it is; texts come from the schema's own lists.
template <typename Enumeration, std::size_t size>
Enumeration enumerator(const std::array<std::string_view, size>& texts, std::string_view text) {
  for (std::size_t i = 0; i < size; ++i) {
    if (texts[i] == text) return static_cast<Enumeration>(i);
  }
  return Enumeration{};
}

template <typename Enumeration>
Enumeration enumerator(std::string_view (*name)(Enumeration), Enumeration last,
                       std::string_view text) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name(static_cast<Enumeration>(i)) == text) return static_cast<Enumeration>(i);
  }
  return Enumeration{};
}

Effect effect_from(std::string_view text) {
  return enumerator(effect_name, Effect::destructive, text);
}

ParameterType type_from(std::string_view text) {
  return enumerator(parameter_type_name, ParameterType::store, text);
}

std::optional<double> number(const json::Value& row, std::string_view key) {
  const json::Value* value = json::find(row, key);
  return value == nullptr ? std::nullopt : std::optional<double>(value->GetDouble());
}

std::optional<std::size_t> size(const json::Value& row, std::string_view key) {
  const json::Value* value = json::find(row, key);
  if (value == nullptr || !value->IsUint64()) return std::nullopt;
  return static_cast<std::size_t>(value->GetUint64());
}

std::vector<std::vector<std::string>> groups(const json::Value& row, std::string_view key) {
  std::vector<std::vector<std::string>> all;
  const json::Value* lists = json::find(row, key);
  if (lists == nullptr) return all;
  for (const json::Value& list : lists->GetArray()) {
    std::vector<std::string>& group = all.emplace_back();
    for (const json::Value& name : list.GetArray()) group.emplace_back(json::view(name));
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> constants(const json::Value& row,
                                                           std::string_view key) {
  std::vector<std::pair<std::string, std::string>> all;
  const json::Value* object = json::find(row, key);
  if (object == nullptr) return all;
  for (const auto& member : object->GetObject()) {
    all.emplace_back(json::view(member.name), member.value.IsString() ? json::view(member.value)
                                                                      : json::write(member.value));
  }
  return all;
}

RequestRow request_from(const json::Value& row) {
  RequestRow request;
  request.surface = owned_text(row, "surface");
  request.method = owned_text(row, "method");
  request.path = owned_text(row, "path");
  request.credential = owned_text(row, "credential");
  request.accept = owned_text(row, "accept");
  request.media_type = owned_text(row, "media_type");
  request.expect = owned_text(row, "expect");
  request.paging_json = raw_json(row, "paging");
  request.host_parameter = owned_text(row, "host");
  request.safe_query = json::flag_of(row, "safe_query");
  request.query = constants(row, "query");
  request.headers = constants(row, "headers");
  return request;
}

Answer answer_from(const json::Value& row) {
  Answer answer;
  answer.kind = json::text_of(row, "kind", "json");
  answer.items_key = owned_text(row, "items");
  answer.item_identity = owned_text(row, "identity");
  answer.columns = owned_texts(row, "columns");
  answer.shown_once = owned_texts(row, "shown_once");
  answer.from_outside = owned_texts(row, "from_outside");
  answer.verbatim = json::flag_of(row, "verbatim");
  return answer;
}

void set_effect(Action& action, const json::Value& effect) {
  action.effect = effect_from(json::text_of(effect, "is"));
  const json::Value* conditions = json::find(effect, "when");
  if (conditions == nullptr) return;
  for (const json::Value& condition : conditions->GetArray()) {
    action.effect_conditions.push_back({owned_text(condition, "parameter"),
                                        raw_json(condition, "equals"),
                                        effect_from(json::text_of(condition, "is"))});
  }
}

// What an action has only sometimes.
void set_optional_parts(Action& action, const json::Value& row) {
  if (const json::Value* confirm = json::find(row, "confirm")) {
    action.confirm_text = owned_text(*confirm, "text");
    action.confirm_target = owned_text(*confirm, "target");
  }
  if (const json::Value* rest = json::find(row, "rest")) {
    action.rest_method = owned_text(*rest, "method");
    action.rest_path = owned_text(*rest, "path");
  }
  if (const json::Value* request = json::find(row, "request"))
    action.request = request_from(*request);
  if (const json::Value* form = json::find(row, "short")) {
    action.short_form = ShortForm{owned_text(*form, "name"), owned_texts(*form, "positionals")};
  }
  if (const json::Value* deprecated = json::find(row, "deprecated")) {
    action.deprecated_since = owned_text(*deprecated, "since");
    action.deprecated_use = owned_text(*deprecated, "use");
  }
  const json::Value none(rapidjson::kObjectType);
  const json::Value* answer = json::find(row, "answer");
  action.answer = answer_from(answer != nullptr ? *answer : none);
}

}  // namespace

std::string owned_text(const json::Value& object, std::string_view key) {
  return std::string(json::text_of(object, key));
}

std::vector<std::string> owned_texts(const json::Value& object, std::string_view key) {
  std::vector<std::string> texts;
  const json::Value* list = json::find(object, key);
  if (list == nullptr || !list->IsArray()) return texts;
  for (const json::Value& text : list->GetArray()) {
    if (text.IsString()) texts.emplace_back(json::view(text));
  }
  return texts;
}

std::string raw_json(const json::Value& object, std::string_view key) {
  const json::Value* value = json::find(object, key);
  return value == nullptr ? std::string() : json::write(*value);
}

Parameter parameter_from(const json::Value& row) {
  Parameter parameter;
  parameter.name = owned_text(row, "name");
  parameter.type = type_from(json::text_of(row, "type"));
  parameter.description = owned_text(row, "description");
  parameter.required = json::flag_of(row, "required");
  parameter.secret = json::flag_of(row, "secret");
  parameter.default_json = raw_json(row, "default");
  parameter.example_json = raw_json(row, "example");
  parameter.aliases = owned_texts(row, "aliases");
  parameter.choices = owned_texts(row, "choices");
  parameter.minimum = number(row, "minimum");
  parameter.maximum = number(row, "maximum");
  parameter.min_length = size(row, "min_length");
  parameter.max_length = size(row, "max_length");
  parameter.min_items = size(row, "min_items");
  parameter.max_items = size(row, "max_items");
  parameter.pattern = owned_text(row, "pattern");
  parameter.format = owned_text(row, "format");
  parameter.item_type = type_from(json::text_of(row, "items"));
  if (const json::Value* wire = json::find(row, "wire")) {
    parameter.wire = {enumerator<Wire::Place>(kWirePlaces, json::text_of(*wire, "in")),
                      std::string(json::text_of(*wire, "name", parameter.name)),
                      json::text_of(*wire, "also_in") == "body"};
  }
  return parameter;
}

Action action_from(const json::Value& row) {
  Action action;
  action.name = owned_text(row, "name");
  action.title = owned_text(row, "title");
  action.summary = owned_text(row, "summary");
  action.description = owned_text(row, "description");
  set_effect(action, *json::find(row, "effect"));
  action.idempotent = json::flag_of(row, "idempotent");
  action.dry_run_by_handler = json::text_of(row, "dry_run") == "handler";
  if (const json::Value* parameters = json::find(row, "parameters")) {
    for (const json::Value& parameter : parameters->GetArray()) {
      action.parameters.push_back(parameter_from(parameter));
    }
  }
  action.at_least_one = groups(row, "at_least_one");
  action.at_most_one = groups(row, "at_most_one");
  action.input_schema = raw_json(row, "input_schema");
  action.verbose_name = owned_text(row, "verbose_name");
  action.positionals = owned_texts(row, "positionals");
  if (const json::Value* examples = json::find(row, "examples")) {
    for (const json::Value& example : examples->GetArray())
      action.examples.push_back(json::write(example));
  }
  set_optional_parts(action, row);
  return action;
}

ModuleSetting setting_from(const json::Value& row) {
  ModuleSetting setting;
  setting.key = owned_text(row, "key");
  setting.type = owned_text(row, "type");
  setting.variable = owned_text(row, "variable");
  setting.default_json = raw_json(row, "default");
  setting.description = owned_text(row, "description");
  setting.secret = json::flag_of(row, "secret");
  return setting;
}

Destination destination_from(const json::Value& row) {
  Destination destination;
  destination.name = owned_text(row, "name");
  destination.origin = owned_text(row, "origin");
  destination.origin_setting = owned_text(row, "origin_setting");
  if (const json::Value* secret = json::find(row, "secret")) {
    destination.secret_setting = owned_text(*secret, "setting");
    destination.secret_as = owned_text(*secret, "as");
    destination.secret_header = owned_text(*secret, "header");
  }
  return destination;
}

}  // namespace dockerhub
