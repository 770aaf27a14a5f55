#include "tool_arguments.hpp"

#include <algorithm>

#include "tool_schema.hpp"

namespace dockerhub::mcp {
namespace {

Failure wrong(std::string_view argument, std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = argument;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<void> check_names(const json::Value* arguments) {
  if (arguments == nullptr) return {};
  for (const auto& member : arguments->GetObject()) {
    const std::string_view name = json::view(member.name);
    if (std::find(argument::kAll.begin(), argument::kAll.end(), name) != argument::kAll.end())
      continue;
    const std::string near = likely(name, {argument::kAll.begin(), argument::kAll.end()});
    return wrong(name, "unknown argument '" + visible(name) + "'",
                 near.empty()
                     ? "Parameters of the action go into the object `params`."
                     : "Did you mean `" + near + "`? Parameters of the action go into `params`.");
  }
  return {};
}

// Null values count as not given.
std::string without_nulls(const json::Value& object) {
  return json::object([&](json::Writer& writer) {
    for (const auto& member : object.GetObject()) {
      if (member.value.IsNull()) continue;
      json::put_key(writer, json::view(member.name));
      member.value.Accept(writer);
    }
  });
}

Result<std::string> decode_params(std::string_view text) {
  if (text.empty()) return "{}";
  const auto document = json::parse(text);
  if (!document) {
    return wrong(argument::kParamsJson, "Invalid params_json: " + document.error().text(),
                 "Give one JSON object as text, or an object as `params`.");
  }
  if (!document->IsObject()) {
    return wrong(argument::kParamsJson, "Invalid params_json: it has to decode to an object",
                 "Give a text like {\"name\": \"value\"}, or an object as `params`.");
  }
  return without_nulls(*document);
}

Result<std::string> read_params(const json::Value* arguments) {
  const json::Value* params = json::find_present(arguments, argument::kParams);
  const json::Value* text = json::find_present(arguments, argument::kParamsJson);
  if (params != nullptr && text != nullptr) {
    return wrong(argument::kParamsJson, "both `params` and `params_json` were given",
                 "Give the parameters once, as the object `params`.");
  }
  if (params != nullptr) {
    if (params->IsObject()) return without_nulls(*params);
    return wrong(argument::kParams, "`params` has to be an object",
                 "Give {\"name\": value, ...}; JSON as text goes into `params_json`.");
  }
  if (text == nullptr) return "{}";
  if (text->IsString()) return decode_params(json::view(*text));
  if (text->IsObject()) return without_nulls(*text);
  return wrong(argument::kParamsJson,
               "Invalid params_json: it has to be a text that holds an object",
               "Give the parameters as the object `params`.");
}

Result<bool> read_flag(const json::Value* arguments, std::string_view name, const char* hint) {
  const json::Value* flag = json::find_present(arguments, name);
  if (flag == nullptr) return false;
  if (flag->IsBool()) return flag->GetBool();
  return wrong(name, "`" + std::string(name) + "` has to be true or false", hint);
}

Result<void> read_list_options(const json::Value* arguments, CallOptions& options) {
  const auto all = read_flag(arguments, argument::kAllPages, "Leave it out for one page.");
  if (!all) return Failure(all.error());
  options.all_pages = *all;
  if (const json::Value* most = json::find_present(arguments, argument::kMaxItems)) {
    if (!most->IsUint64() || most->GetUint64() == 0) {
      return wrong(argument::kMaxItems, "`max_items` has to be an integer above zero",
                   "Leave it out for all that there is.");
    }
    options.max_items = most->GetUint64();
  }
  return {};
}

Result<void> read_fields(const json::Value* arguments, CallOptions& options) {
  const json::Value* fields = json::find_present(arguments, argument::kFields);
  if (fields == nullptr) return {};
  const bool names =
      fields->IsArray() &&
      std::all_of(fields->Begin(), fields->End(), [](const auto& each) { return each.IsString(); });
  if (!names) {
    return wrong(argument::kFields, "`fields` has to be an array of names",
                 "Give the members of an item to keep, like [\"name\"].");
  }
  for (const json::Value& name : fields->GetArray()) options.fields.emplace_back(json::view(name));
  return {};
}

}  // namespace

bool is_call_option(std::string_view name) {
  return name == argument::kDryRun || name == argument::kTimeout || name == argument::kAllPages ||
         name == argument::kMaxItems || name == argument::kFields;
}

Result<CallOptions> read_call_options(const json::Value* arguments) {
  CallOptions options;
  const auto dry_run = read_flag(arguments, argument::kDryRun, "Leave it out to really act.");
  if (!dry_run) return Failure(dry_run.error());
  options.dry_run = *dry_run;
  if (auto lists = read_list_options(arguments, options); !lists) return Failure(lists.error());
  if (auto fields = read_fields(arguments, options); !fields) return Failure(fields.error());
  if (const json::Value* timeout = json::find_present(arguments, argument::kTimeout)) {
    const std::int64_t ms = timeout->IsInt64() ? timeout->GetInt64() : 0;
    if (ms < 1 || ms > kMaxTimeoutMs) {
      return wrong(argument::kTimeout,
                   "`timeout_ms` has to be an integer from 1 to " + std::to_string(kMaxTimeoutMs),
                   "Leave it out to use the configured time limit.");
    }
    options.timeout = std::chrono::milliseconds(ms);
  }
  return options;
}

namespace {

Result<std::string> read_action(const json::Value* arguments) {
  const json::Value* action = json::find_present(arguments, argument::kAction);
  if (action != nullptr && action->IsString()) return std::string(json::view(*action));
  return wrong(argument::kAction,
               action == nullptr ? "`action` is missing" : "`action` has to be a text",
               "Name one of the tool's actions; `describe` answers what they take.");
}

// Options are the kernel's, whatever the action.
void tell_schema(const Tool* told, const json::Value* arguments, Error& error) {
  if (told == nullptr || is_call_option(error.parameter)) return;
  const Action* action = told->find_action(json::text_of(arguments, argument::kAction));
  if (action != nullptr) error.details = schema_details(*action, {});
}

Result<CallRequest> read_call(std::string_view tool, const json::Value* arguments) {
  CallRequest request;
  request.tool = tool;
  if (auto names = check_names(arguments); !names) return Failure(names.error());
  auto params = read_params(arguments);
  if (!params) return Failure(params.error());
  auto options = read_call_options(arguments);
  if (!options) return Failure(options.error());
  auto action = read_action(arguments);
  if (!action) return Failure(action.error());
  request.params = std::move(*params);
  request.options = *options;
  request.action = std::move(*action);
  return request;
}

}  // namespace

Result<CallRequest> read_tool_arguments(std::string_view tool, const json::Value* arguments,
                                        const Tool* told) {
  Result<CallRequest> request = read_call(tool, arguments);
  if (!request) tell_schema(told, arguments, request.error());
  return request;
}

}  // namespace dockerhub::mcp
