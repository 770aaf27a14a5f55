#include "modules/manifest_rows.hpp"

#include <array>

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

// What a member of a row becomes. A row has few members and there are many that it could have, so it is
// read once, member by member.
template <typename Target>
struct Member {
  std::string_view name;
  void (*take)(Target&, const json::Value&);
};

template <typename Target, std::size_t count>
void take_members(const json::Value& row, const std::array<Member<Target>, count>& known,
                  Target& target) {
  if (!row.IsObject()) return;
  for (const auto& member : row.GetObject()) {
    const std::string_view name = json::view(member.name);
    for (const Member<Target>& each : known) {
      if (each.name != name) continue;
      each.take(target, member.value);
      break;
    }
  }
}

std::vector<std::string> texts_in(const json::Value& list) {
  std::vector<std::string> texts;
  if (!list.IsArray()) return texts;
  texts.reserve(list.Size());
  for (const json::Value& text : list.GetArray()) {
    if (text.IsString()) texts.emplace_back(json::view(text));
  }
  return texts;
}

template <auto field, typename Target>
void text(Target& target, const json::Value& value) {
  if (value.IsString()) target.*field = json::view(value);
}

template <auto field, typename Target>
void texts(Target& target, const json::Value& value) {
  target.*field = texts_in(value);
}

template <auto field, typename Target>
void raw(Target& target, const json::Value& value) {
  target.*field = json::write(value);
}

template <auto field, typename Target>
void flag(Target& target, const json::Value& value) {
  target.*field = value.IsTrue();
}

template <auto field, typename Target>
void number(Target& target, const json::Value& value) {
  if (value.IsNumber()) target.*field = value.GetDouble();
}

template <auto field, typename Target>
void size(Target& target, const json::Value& value) {
  if (value.IsUint64()) target.*field = static_cast<std::size_t>(value.GetUint64());
}

template <auto field, typename Target>
void type(Target& target, const json::Value& value) {
  if (value.IsString()) target.*field = type_from(json::view(value));
}

template <auto field, typename Target>
void groups(Target& target, const json::Value& value) {
  if (!value.IsArray()) return;
  for (const json::Value& list : value.GetArray()) (target.*field).push_back(texts_in(list));
}

// Constants are sent as texts.
template <auto field, typename Target>
void constants(Target& target, const json::Value& value) {
  if (!value.IsObject()) return;
  for (const auto& member : value.GetObject()) {
    (target.*field)
        .emplace_back(json::view(member.name), member.value.IsString() ? json::view(member.value)
                                                                       : json::write(member.value));
  }
}

constexpr auto kRequestMembers = std::to_array<Member<RequestRow>>({
    {"surface", text<&RequestRow::surface>},
    {"method", text<&RequestRow::method>},
    {"path", text<&RequestRow::path>},
    {"credential", text<&RequestRow::credential>},
    {"accept", text<&RequestRow::accept>},
    {"media_type", text<&RequestRow::media_type>},
    {"expect", text<&RequestRow::expect>},
    {"paging", raw<&RequestRow::paging_json>},
    {"host", text<&RequestRow::host_parameter>},
    {"safe_query", flag<&RequestRow::safe_query>},
    {"query", constants<&RequestRow::query>},
    {"headers", constants<&RequestRow::headers>},
});

constexpr auto kAnswerMembers = std::to_array<Member<Answer>>({
    {"kind", text<&Answer::kind>},
    {"items", text<&Answer::items_key>},
    {"identity", text<&Answer::item_identity>},
    {"columns", texts<&Answer::columns>},
    {"shown_once", texts<&Answer::shown_once>},
    {"from_outside", texts<&Answer::from_outside>},
    {"verbatim", flag<&Answer::verbatim>},
});

constexpr auto kParameterMembers = std::to_array<Member<Parameter>>({
    {"name", text<&Parameter::name>},
    {"type", type<&Parameter::type>},
    {"description", text<&Parameter::description>},
    {"required", flag<&Parameter::required>},
    {"secret", flag<&Parameter::secret>},
    {"default", raw<&Parameter::default_json>},
    {"example", raw<&Parameter::example_json>},
    {"aliases", texts<&Parameter::aliases>},
    {"choices", texts<&Parameter::choices>},
    {"minimum", number<&Parameter::minimum>},
    {"maximum", number<&Parameter::maximum>},
    {"min_length", size<&Parameter::min_length>},
    {"max_length", size<&Parameter::max_length>},
    {"min_items", size<&Parameter::min_items>},
    {"max_items", size<&Parameter::max_items>},
    {"pattern", text<&Parameter::pattern>},
    {"format", text<&Parameter::format>},
    {"items", type<&Parameter::item_type>},
});

void take_effect(Action& action, const json::Value& effect) {
  action.effect = effect_from(json::text_of(effect, "is"));
  const json::Value* conditions = json::find(effect, "when");
  if (conditions == nullptr) return;
  for (const json::Value& condition : conditions->GetArray()) {
    action.effect_conditions.push_back({owned_text(condition, "parameter"),
                                        raw_json(condition, "equals"),
                                        effect_from(json::text_of(condition, "is"))});
  }
}

void take_parameters(Action& action, const json::Value& rows) {
  action.parameters.reserve(rows.Size());
  for (const json::Value& row : rows.GetArray()) action.parameters.push_back(parameter_from(row));
}

void take_examples(Action& action, const json::Value& examples) {
  for (const json::Value& example : examples.GetArray())
    action.examples.push_back(json::write(example));
}

void take_dry_run(Action& action, const json::Value& value) {
  action.dry_run_by_handler = value.IsString() && json::view(value) == "handler";
}

void take_confirmation(Action& action, const json::Value& confirm) {
  action.confirm_text = owned_text(confirm, "text");
  action.confirm_target = owned_text(confirm, "target");
}

void take_rest(Action& action, const json::Value& rest) {
  action.rest_method = owned_text(rest, "method");
  action.rest_path = owned_text(rest, "path");
}

void take_request(Action& action, const json::Value& request) {
  take_members(request, kRequestMembers, action.request.emplace());
}

void take_answer(Action& action, const json::Value& answer) {
  take_members(answer, kAnswerMembers, action.answer);
}

void take_short_form(Action& action, const json::Value& form) {
  action.short_form = ShortForm{owned_text(form, "name"), owned_texts(form, "positionals")};
}

void take_deprecation(Action& action, const json::Value& deprecated) {
  action.deprecated_since = owned_text(deprecated, "since");
  action.deprecated_use = owned_text(deprecated, "use");
}

constexpr auto kActionMembers = std::to_array<Member<Action>>({
    {"name", text<&Action::name>},
    {"title", text<&Action::title>},
    {"summary", text<&Action::summary>},
    {"description", text<&Action::description>},
    {"effect", take_effect},
    {"idempotent", flag<&Action::idempotent>},
    {"dry_run", take_dry_run},
    {"parameters", take_parameters},
    {"at_least_one", groups<&Action::at_least_one>},
    {"at_most_one", groups<&Action::at_most_one>},
    {"input_schema", raw<&Action::input_schema>},
    {"verbose_name", text<&Action::verbose_name>},
    {"positionals", texts<&Action::positionals>},
    {"examples", take_examples},
    {"confirm", take_confirmation},
    {"rest", take_rest},
    {"request", take_request},
    {"short", take_short_form},
    {"deprecated", take_deprecation},
    {"answer", take_answer},
});

}  // namespace

std::string owned_text(const json::Value& object, std::string_view key) {
  return std::string(json::text_of(object, key));
}

std::vector<std::string> owned_texts(const json::Value& object, std::string_view key) {
  const json::Value* list = json::find(object, key);
  return list == nullptr ? std::vector<std::string>() : texts_in(*list);
}

std::string raw_json(const json::Value& object, std::string_view key) {
  const json::Value* value = json::find(object, key);
  return value == nullptr ? std::string() : json::write(*value);
}

Parameter parameter_from(const json::Value& row) {
  Parameter parameter;
  take_members(row, kParameterMembers, parameter);
  if (const json::Value* wire = json::find(row, "wire")) {
    parameter.wire = {enumerator<Wire::Place>(kWirePlaces, json::text_of(*wire, "in")),
                      std::string(json::text_of(*wire, "name", parameter.name)),
                      json::text_of(*wire, "also_in") == "body"};
  }
  return parameter;
}

Action action_from(const json::Value& row) {
  Action action;
  action.answer.kind = "json";
  take_members(row, kActionMembers, action);
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
