#include "options.hpp"

#include <algorithm>

#include "parameters.hpp"
#include "server/reach.hpp"

namespace dockerhub::rest {
namespace {

Failure wrong_option(std::string_view name, const char* what) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = name;
  error.message = "`" + std::string(name) + "` has to be " + what;
  error.hint = "Leave it out, or give it as docs/rest.md says.";
  return Failure(std::move(error));
}

Result<void> take_flag(std::string_view name, const json::Value& value, bool& flag) {
  if (!value.IsBool()) return wrong_option(name, "true or false");
  flag = value.GetBool();
  return {};
}

Result<void> take_fields(const json::Value& value, CallOptions& options) {
  const bool names =
      value.IsArray() &&
      std::all_of(value.Begin(), value.End(), [](const auto& each) { return each.IsString(); });
  if (!names) return wrong_option(option::kFields, "names, as an array or separated by commas");
  for (const json::Value& name : value.GetArray()) options.fields.emplace_back(json::view(name));
  return {};
}

}  // namespace

bool is_option(std::string_view name) {
  return name == option::kDryRun || name == option::kFields || name == option::kMaxItems ||
         name == option::kAllPages;
}

Result<void> take_option(std::string_view name, const json::Value& value, CallOptions& options) {
  if (name == option::kDryRun) return take_flag(name, value, options.dry_run);
  if (name == option::kAllPages) return take_flag(name, value, options.all_pages);
  if (name == option::kFields) return take_fields(value, options);
  if (!value.IsUint64() || value.GetUint64() == 0)
    return wrong_option(name, "an integer above zero");
  options.max_items = value.GetUint64();
  return {};
}

Result<void> take_option_text(std::string_view name, std::string_view text, CallOptions& options) {
  if (name == option::kFields) {
    for (std::string& field : server::comma_items(text)) options.fields.push_back(std::move(field));
    return {};
  }
  const auto value = json::parse(text);
  if (value) return take_option(name, *value, options);
  return take_option(name, json::Value(), options);
}

}  // namespace dockerhub::rest
