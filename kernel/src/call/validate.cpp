#include <algorithm>
#include <map>

#include "base/json.hpp"
#include "base/json_schema.hpp"
#include "base/value_check.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

// All that is wrong at once, so that one answer mends the whole call.
class Problems {
 public:
  void add(std::string parameter, std::string text) {
    if (count_++ == 0) first_ = std::move(parameter);
    if (count_ <= kMaxTold) text_ += (text_.empty() ? "" : "; ") + std::move(text);
  }
  bool empty() const { return count_ == 0; }

  Failure failure(const Action& action) const {
    Error error;
    error.kind = ErrorKind::parameter;
    error.parameter = first_;
    error.message = text_;
    if (count_ > kMaxTold) error.message += "; and " + std::to_string(count_ - kMaxTold) + " more";
    error.hint = "Parameters of '" + action.name + "': " + signature(action) + ".";
    return Failure(std::move(error));
  }

 private:
  static std::string signature(const Action& action) {
    std::string text;
    for (const Parameter& parameter : action.parameters) {
      if (!text.empty()) text += ", ";
      text += parameter.name + ":" + std::string(parameter_type_name(parameter.type));
      if (parameter.required) text += "*";
    }
    return text.empty() ? "none" : text + " (* = required)";
  }

  static constexpr std::size_t kMaxTold = 8;
  std::size_t count_ = 0;
  std::string first_, text_;
};

Failure not_an_object(const Action& action, std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = "params";
  error.message = std::move(message);
  error.hint = "Give the parameters of '" + action.name + "' as one JSON object, {} for none.";
  return Failure(std::move(error));
}

std::string unknown_parameter(const Action& action, std::string_view name) {
  std::vector<std::string> names;
  for (const Parameter& parameter : action.parameters) {
    names.push_back(parameter.name);
    names.insert(names.end(), parameter.aliases.begin(), parameter.aliases.end());
  }
  const std::string near = likely(name, names);
  return "unknown parameter '" + visible(name) + "'" +
         (near.empty() ? "" : " (did you mean '" + near + "'?)");
}

using Given = std::map<std::string_view, json::Value*>;

// Takes one member of the parameters under its canonical name. Null counts as not given.
void take(const Action& action, json::Value::Member& member, Given& given, Problems& problems) {
  if (member.value.IsNull()) return;
  const std::string_view name = json::view(member.name);
  const Parameter* parameter = action.find_parameter(name);
  if (parameter == nullptr) {
    problems.add(std::string(name), unknown_parameter(action, name));
  } else if (!given.emplace(parameter->name, &member.value).second) {
    problems.add(parameter->name,
                 "'" + parameter->name + "' is given twice (also as '" + visible(name) + "')");
  }
}

Given collect(const Action& action, json::Document& document, Problems& problems) {
  Given given;
  std::for_each(document.MemberBegin(), document.MemberEnd(),
                [&](json::Value::Member& member) { take(action, member, given, problems); });
  return given;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

void check_groups(const Action& action, const Given& given, Problems& problems) {
  const auto count = [&](const std::vector<std::string>& names) {
    return std::count_if(names.begin(), names.end(),
                         [&](const std::string& name) { return given.count(name) > 0; });
  };
  for (const auto& names : action.at_least_one) {
    if (count(names) == 0)
      problems.add(names.front(), "at least one of " + joined(names) + " is needed");
  }
  for (const auto& names : action.at_most_one) {
    if (count(names) > 1)
      problems.add(names.front(), "only one of " + joined(names) + " can be given");
  }
}

void check_values(const Action& action, const Given& given, Problems& problems) {
  for (const Parameter& parameter : action.parameters) {
    const auto value = given.find(parameter.name);
    if (value == given.end()) {
      if (parameter.required) problems.add(parameter.name, "'" + parameter.name + "' is required");
      continue;
    }
    if (auto problem = check_value(parameter, *value->second)) {
      problems.add(parameter.name, "'" + parameter.name + "' " + *problem);
    }
  }
}

std::string written(const Action& action, const Given& given, bool with_secrets) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  for (const Parameter& parameter : action.parameters) {
    if (parameter.secret && !with_secrets) continue;
    const auto value = given.find(parameter.name);
    if (value == given.end() && parameter.default_json.empty()) continue;
    json::put_key(writer, parameter.name);
    if (value == given.end()) {
      json::put_raw(writer, parameter.default_json);
    } else {
      value->second->Accept(writer);
    }
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

bool has_secret(const Action& action) {
  return std::any_of(action.parameters.begin(), action.parameters.end(),
                     [](const Parameter& parameter) { return parameter.secret; });
}

// The effect of this very call: the row's, raised by each condition that its values meet. "Given at
// all" means by the caller: a default does not count.
Effect effect_of(const Action& action, const std::string& params, const Given& given) {
  Effect effect = action.effect;
  if (action.effect_conditions.empty()) return effect;
  const auto document = json::parse(params);
  if (!document) return action.worst_effect();
  for (const EffectCondition& condition : action.effect_conditions) {
    if (condition.equals_json.empty()) {
      if (given.count(condition.parameter) > 0) effect = std::max(effect, condition.effect);
      continue;
    }
    const json::Value* value = json::find(*document, condition.parameter);
    const auto expected = json::parse(condition.equals_json);
    if (value != nullptr && expected && *expected == *value)
      effect = std::max(effect, condition.effect);
  }
  return effect;
}

// The schema that a module states itself, as far as RapidJSON knows its words (draft 4); the module
// checks the rest.
Result<void> check_schema(const Action& action, const json::Document& document) {
  const auto schema_text = json::parse(action.input_schema);
  if (!schema_text) return not_an_object(action, "the action's schema cannot be read");
  const rapidjson::SchemaDocument schema(*schema_text);
  rapidjson::SchemaValidator validator(schema);
  if (document.Accept(validator)) return {};
  json::Buffer where;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "the parameters do not fit the action's schema at " +
                  std::string(where.GetString()) +
                  " (rule: " + validator.GetInvalidSchemaKeyword() + ")";
  error.hint = "`describe` shows the schema of '" + action.name + "'.";
  return Failure(std::move(error));
}

Result<ValidParams> validate_rows(const Action& action, json::Document& document) {
  Problems problems;
  const Given given = collect(action, document, problems);
  check_values(action, given, problems);
  check_groups(action, given, problems);
  if (!problems.empty()) return problems.failure(action);
  ValidParams valid;
  valid.json = written(action, given, true);
  valid.public_json = has_secret(action) ? written(action, given, false) : valid.json;
  valid.effect = effect_of(action, valid.json, given);
  return valid;
}

}  // namespace

Result<ValidParams> validate(const Action& action, std::string_view params) {
  auto document = json::parse(params.empty() ? "{}" : params);
  if (!document) return not_an_object(action, "the parameters are " + document.error().message);
  if (!document->IsObject())
    return not_an_object(action, "the parameters have to be a JSON object");
  if (!action.input_schema.empty()) {
    if (auto fits = check_schema(action, *document); !fits) return Failure(fits.error());
    if (action.parameters.empty()) {
      const std::string text = json::write(*document);
      return ValidParams{text, text, action.effect};
    }
  }
  return validate_rows(action, *document);
}

Effect effect_of_call(const Action& action, std::string_view params) {
  if (action.effect_conditions.empty()) return action.effect;
  const Result<ValidParams> valid = validate(action, params);
  return valid ? valid->effect : action.effect;
}

}  // namespace dockerhub
