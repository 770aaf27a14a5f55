#include "headers.hpp"

#include <array>
#include <utility>

#include "json_text.hpp"

namespace dockerhub::registry {

Headers::Headers(std::string_view json) {
  auto parsed = parse_json(json);
  if (parsed) document_ = std::move(*parsed);
}

std::string_view Headers::find(std::string_view name) const {
  const sdk::Value* found = find_member(document_, name);
  if (found != nullptr && found->IsArray() && !found->Empty()) found = &(*found)[0];
  return found != nullptr && found->IsString() ? sdk::view(*found) : std::string_view();
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  const sdk::Value* found = find_member(document_, name);
  if (found == nullptr) return values;
  if (found->IsString()) values.push_back(sdk::view(*found));
  if (!found->IsArray()) return values;
  for (const sdk::Value& value : found->GetArray()) {
    if (value.IsString()) values.push_back(sdk::view(value));
  }
  return values;
}

sdk::Json Headers::shown() const {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kShown = {{
      {"content-length", "Content-Length"},
      {"content-type", "Content-Type"},
      {"docker-content-digest", "Docker-Content-Digest"},
      {"docker-distribution-api-version", "Docker-Distribution-Api-Version"},
      {"docker-upload-uuid", "Docker-Upload-UUID"},
      {"location", "Location"},
      {"oci-subject", "OCI-Subject"},
      {"range", "Range"},
  }};
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto& [name, shown_name] : kShown) {
      const std::string_view value = find(name);
      if (value.empty()) continue;
      sdk::put_key(json, shown_name);
      sdk::put(json, value);
    }
    json.EndObject();
  });
}

}  // namespace dockerhub::registry
