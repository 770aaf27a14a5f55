#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "config/configuration_impl.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

std::string list_json(std::string_view text) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartArray();
  for (const std::string& part : split_list(text, ',')) json::put(writer, part);
  writer.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

std::optional<std::string> integer_json(std::string_view text) {
  const std::string_view digits = trimmed(text);
  std::int64_t number = 0;
  const auto [rest, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || rest != digits.data() + digits.size()) return std::nullopt;
  return std::to_string(number);
}

// The text of a variable as JSON of the setting's type; nothing when it is none.
std::optional<std::string> to_json(const ModuleSetting& setting, std::string_view text) {
  if (setting.type == "boolean") {
    const std::optional<bool> value = parse_boolean(text);
    return value ? std::optional<std::string>(*value ? "true" : "false") : std::nullopt;
  }
  if (setting.type == "integer") return integer_json(text);
  if (setting.type == "list") return list_json(text);
  return json::quote(text);
}

bool is_list_of_texts(const json::Value& value) {
  if (!value.IsArray()) return false;
  for (const json::Value& item : value.GetArray()) {
    if (!item.IsString()) return false;
  }
  return true;
}

bool has_type(const json::Value& value, std::string_view type) {
  if (type == "boolean") return value.IsBool();
  if (type == "integer") return value.IsInt64();
  if (type == "list") return is_list_of_texts(value);
  return value.IsString();
}

Failure bad_type(std::string_view module, const ModuleSetting& setting, const std::string& origin) {
  return refused(origin + ": " + setting.key + " of " + std::string(module) + " is not of type " +
                     setting.type,
                 "Correct the value, or remove it for the module's own default.");
}

// A variable that may set a module's setting: one of a .env that nobody named may not.
const Sourced* variable_of(const Configuration::Impl& impl, const ModuleSetting& setting) {
  const auto found = impl.variables.find(setting.variable);
  return found == impl.variables.end() || found->second.found ? nullptr : &found->second;
}

const Sourced* entry_of(const Configuration::Impl& impl, std::string_view module,
                        const ModuleSetting& setting) {
  const auto section = impl.modules.find(module);
  if (section == impl.modules.end()) return nullptr;
  const auto entry = section->second.find(setting.key);
  return entry == section->second.end() ? nullptr : &entry->second;
}

}  // namespace

Result<std::optional<std::string>> Configuration::Impl::module_setting(
    std::string_view module, const ModuleSetting& setting) const {
  if (const Sourced* variable = variable_of(*this, setting)) {
    std::optional<std::string> value = to_json(setting, variable->value);
    if (!value) return bad_type(module, setting, variable->origin);
    return value;
  }
  const Sourced* entry = entry_of(*this, module, setting);
  if (entry == nullptr) return std::optional<std::string>();
  const Result<json::Document> value = json::parse(entry->value);
  if (!value || !has_type(*value, setting.type)) return bad_type(module, setting, entry->origin);
  return std::optional<std::string>(entry->value);
}

std::optional<Secret> Configuration::Impl::module_secret(std::string_view module,
                                                         const ModuleSetting& setting) const {
  if (const Sourced* variable = variable_of(*this, setting)) return book->make(variable->value);
  const Sourced* entry = entry_of(*this, module, setting);
  if (entry == nullptr) return std::nullopt;
  const Result<json::Document> value = json::parse(entry->value);
  // An unquoted number is a secret as it is written.
  return book->make(value && value->IsString() ? json::view(*value)
                                               : std::string_view(entry->value));
}

Result<bool> Configuration::Impl::toggle(const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    const auto found = variables.find(name);
    if (found == variables.end()) continue;
    const std::optional<bool> value = parse_boolean(found->second.value);
    if (value) return *value;
    return refused(found->second.origin + ": " + name + " is " + shown(found->second.value) +
                       ", which is neither true nor false",
                   "Write true or false (or yes, no, on, off, 1, 0), or unset it: the module is on "
                   "by default.");
  }
  return true;
}

std::vector<std::string> Configuration::Impl::absent_sections(
    const std::vector<std::string>& present) const {
  std::vector<std::string> absent;
  for (const auto& [name, entries] : modules) {
    if (std::find(present.begin(), present.end(), name) != present.end()) continue;
    const std::string meant = likely(name, present);
    const std::string where =
        entries.empty() ? std::string() : entries.begin()->second.origin + ": ";
    absent.push_back(where + "settings for a module " + shown(name) + " that is not there" +
                     (meant.empty() ? "." : "; did you mean " + meant + "?"));
  }
  return absent;
}

}  // namespace dockerhub
