#include "parameters.hpp"

#include <cstdlib>
#include <cstring>
#include <map>

#include "document.hpp"
#include "json.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

// Values by canonical name, as JSON.
using Values = std::map<std::string, std::string, std::less<>>;

Failure secret_in_params(const Parameter& parameter) {
  Error error = usage_error("--params: \"" + parameter.name +
                                "\" is a secret, and the command line can be seen by others.",
                            "Write --params @FILE or --params -, " + option_of(parameter) +
                                " @FILE, or set " + secret_variable(parameter) + ".");
  error.parameter = parameter.name;
  return Failure(std::move(error));
}

Result<Values> values_of_params(const Action& action, const GlobalOptions& options,
                                TextSource& source) {
  Values values;
  if (!options.params) return values;
  const Result<SourcedText> given = source.read(*options.params, "--params");
  if (!given) return Failure(given.error());
  const Result<std::string> text =
      document_json(given->text, given->literal ? "--params" : "--params: " + given->origin);
  if (!text) return Failure(text.error());
  const auto object = json::parse(*text);
  if (!object || !object->IsObject()) {
    return Failure(usage_error("--params: an object is needed.",
                               "Write it like --params '{\"name\": \"value\"}'."));
  }
  for (const auto& member : object->GetObject()) {
    const std::string_view name = json::view(member.name);
    const Parameter* parameter = action.find_parameter(name);
    if (parameter != nullptr && parameter->secret && given->literal)
      return secret_in_params(*parameter);
    // Unknown names are passed on: the kernel refuses them with the likely one.
    values.insert_or_assign(parameter == nullptr ? std::string(name) : parameter->name,
                            json::write(member.value));
  }
  return values;
}

// What was given for each parameter: options, then positionals.
using Given = std::map<const Parameter*, std::vector<std::string>>;

Failure unexpected(const Action& action, const std::string& argument) {
  std::vector<std::string> names;
  for (const Parameter& parameter : action.parameters) names.push_back(dashed(parameter.name));
  const std::string meant = likely(argument, names);
  std::string hint = "Write values as --parameter value; add --help to see the parameters.";
  if (!meant.empty()) hint = "Did you mean --" + meant + "?";
  return Failure(usage_error("Unexpected argument \"" + argument + "\".", std::move(hint)));
}

Result<Given> given_values(const Action& action, const ParsedOptions& parsed) {
  Given given;
  for (const Parameter& parameter : action.parameters) {
    const std::vector<std::string>* texts = parsed.find(dashed(parameter.name));
    if (texts != nullptr) given[&parameter] = *texts;
  }
  std::size_t next = 0;
  for (const std::string& argument : parsed.positionals) {
    if (next == action.positionals.size()) return unexpected(action, argument);
    const Parameter* parameter = action.find_parameter(action.positionals[next]);
    if (parameter == nullptr) return unexpected(action, argument);
    given[parameter].push_back(argument);
    // A list at the end takes all that follow.
    if (parameter->type != ParameterType::array || next + 1 < action.positionals.size()) ++next;
  }
  return given;
}

// Takes the variable out of the environment, so that it is not inherited or shown there.
std::optional<std::string> take_variable(const std::string& name) {
  char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  std::string text = value;
  ::explicit_bzero(value, text.size());
  ::unsetenv(name.c_str());
  return text;
}

// Secrets that were not given: from the environment, or asked for when they are required.
Result<void> add_secrets(const Action& action, Prompter& prompter, Values& values) {
  for (const Parameter& parameter : action.parameters) {
    if (!parameter.secret) continue;
    std::optional<std::string> text = take_variable(secret_variable(parameter));
    if (values.count(parameter.name) != 0) continue;
    if (!text && parameter.required) text = prompter.secret(parameter.name + " (not shown): ");
    if (!text) continue;
    const Result<std::string> value = scalar_json(parameter, parameter.type, *text);
    if (!value) return Failure(value.error());
    values.emplace(parameter.name, *value);
  }
  return {};
}

}  // namespace

std::vector<OptionRow> options_of(const Action& action) {
  std::vector<OptionRow> rows;
  for (const Parameter& parameter : action.parameters) {
    rows.push_back(
        {dashed(parameter.name), 0, parameter.type != ParameterType::boolean, parameter.aliases});
  }
  for (OptionRow& row : global_options_beside(&action)) rows.push_back(std::move(row));
  return rows;
}

Result<std::string> parameters_json(const Action& action, const ParsedOptions& parsed,
                                    const GlobalOptions& options, TextSource& source,
                                    Prompter& prompter) {
  const Result<Given> given = given_values(action, parsed);
  if (!given) return Failure(given.error());
  Result<Values> values = values_of_params(action, options, source);
  if (!values) return Failure(values.error());
  for (const auto& [parameter, texts] : *given) {
    Result<std::string> value = value_json(*parameter, texts, source);
    if (!value) return value;
    values->insert_or_assign(parameter->name, *value);
  }
  if (const Result<void> added = add_secrets(action, prompter, *values); !added) {
    return Failure(added.error());
  }
  std::string object;
  for (const auto& [name, value] : *values) {
    object.append(object.empty() ? "" : ",").append(json::quote(name)).append(":").append(value);
  }
  return "{" + object + "}";
}

}  // namespace dockerhub::cli
