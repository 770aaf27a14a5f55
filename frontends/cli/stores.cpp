#include "stores.hpp"

#include <algorithm>
#include <utility>

#include "directory_store.hpp"
#include "json.hpp"
#include "option_parser.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

Failure wrong(const Parameter& parameter, std::string message) {
  Error error = usage_error(option_of(parameter) + ": " + std::move(message),
                            "Write it like oci:DIR or oci:DIR:TAG, DIR being a folder in the OCI "
                            "image layout.");
  error.parameter = parameter.name;
  return Failure(std::move(error));
}

bool has_store(const Action& action) {
  return std::any_of(action.parameters.begin(), action.parameters.end(),
                     [](const Parameter& row) { return row.type == ParameterType::store; });
}

}  // namespace

Result<Stores::Named> Stores::parse(const Parameter& parameter, std::string_view text) {
  constexpr std::string_view kScheme = "oci:";
  if (text.substr(0, kScheme.size()) != kScheme)
    return wrong(parameter, "\"" + visible(text) + "\" does not say what it is.");
  const std::string_view place = text.substr(kScheme.size());
  // A colon in the path of the folder stays in it: a tag has no "/".
  const std::size_t colon = place.rfind(':');
  const bool has_tag =
      colon != std::string_view::npos && place.find('/', colon) == std::string_view::npos;
  Named named{place.substr(0, has_tag ? colon : place.size()),
              std::string(has_tag ? place.substr(colon + 1) : std::string_view())};
  if (named.folder.empty()) return wrong(parameter, "it names no folder.");
  if (has_tag && named.tag.empty()) return wrong(parameter, "the tag after the colon is missing.");
  return named;
}

Result<std::string> Stores::take(const Action& action, const std::string& params) {
  if (!has_store(action)) return params;
  auto object = json::parse(params);
  for (const Parameter& row : action.parameters) {
    if (row.type != ParameterType::store || !object) continue;
    if (!object->HasMember(row.name.c_str())) continue;
    json::Value& value = (*object)[row.name.c_str()];
    if (!value.IsString()) continue;
    auto named = parse(row, json::view(value));
    if (!named) return Failure(std::move(named.error()));
    value.SetString(named->tag.c_str(), static_cast<rapidjson::SizeType>(named->tag.size()),
                    object->GetAllocator());
    named_.insert_or_assign(row.name, std::move(*named));
  }
  return object ? json::write(*object) : params;
}

Result<std::unique_ptr<Store>> Stores::open(std::string_view parameter, std::string_view value,
                                            bool writable) const {
  auto found = named_.find(parameter);
  if (found == named_.end()) {
    const auto fits = [&](const auto& entry) { return entry.second.tag == value; };
    // Of two with the same tag nobody knows which is meant.
    if (std::count_if(named_.begin(), named_.end(), fits) == 1)
      found = std::find_if(named_.begin(), named_.end(), fits);
  }
  if (found != named_.end()) {
    auto store = open_directory_store(found->second.folder, writable);
    if (!store) store.error().parameter = parameter;
    return store;
  }
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "Nothing was named for " + visible(parameter) + ".";
  error.hint = "Write it like oci:DIR or oci:DIR:TAG.";
  error.parameter = parameter;
  return Failure(std::move(error));
}

}  // namespace dockerhub::cli
