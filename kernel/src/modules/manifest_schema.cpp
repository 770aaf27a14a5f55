#include "modules/manifest_schema.hpp"

#include <algorithm>
#include <embedded/manifest_1_schema.hpp>
#include <mutex>
#include <vector>

#include "base/json_schema.hpp"
#include "modules/schema_violation.hpp"

namespace dockerhub {
namespace {

class CompiledSchema {
 public:
  explicit CompiledSchema(json::Document source) : source_(std::move(source)), compiled_(source_) {}

  std::optional<std::string> violation(const json::Value& value, std::string_view at) const {
    const std::lock_guard lock(mutex_);
    rapidjson::SchemaValidator validator(compiled_);
    if (value.Accept(validator)) return std::nullopt;
    const SchemaViolation found{validator.GetInvalidSchemaPointer(),
                                validator.GetInvalidDocumentPointer(),
                                validator.GetInvalidSchemaKeyword()};
    return explain(found, source_, value, at);
  }

 private:
  json::Document source_;
  rapidjson::SchemaDocument compiled_;
  // RapidJSON 1.1 keeps the state of a running pattern match in the compiled schema.
  mutable std::mutex mutex_;
};

json::Document parse_schema() {
  json::Document document;
  document.Parse(kManifestSchema.data(), kManifestSchema.size());
  return document;
}

// A schema of its own, with the definitions that it refers to.
json::Document action_schema() {
  const json::Document manifest = parse_schema();
  const json::Value& definitions = *json::find(manifest, "definitions");
  json::Document action;
  auto& allocator = action.GetAllocator();
  action.CopyFrom(*json::find(definitions, "action"), allocator);
  action.AddMember("definitions", json::Value(definitions, allocator), allocator);
  return action;
}

// Compiling takes longer than checking, and the text is a constant: one of each for the process.
const CompiledSchema& whole() {
  static const CompiledSchema schema(parse_schema());
  return schema;
}

const CompiledSchema& action() {
  static const CompiledSchema schema(action_schema());
  return schema;
}

std::optional<std::string> repeated_here(const json::Value& object) {
  std::vector<std::string_view> keys;
  keys.reserve(object.MemberCount());
  for (const auto& member : object.GetObject()) keys.push_back(json::view(member.name));
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice == keys.end()) return std::nullopt;
  return ": `" + visible(*twice) + "` is there twice";
}

}  // namespace

std::optional<std::string> manifest_violation(const json::Value& manifest) {
  return whole().violation(manifest, "");
}

std::optional<std::string> action_violation(const json::Value& value, std::string_view at) {
  return action().violation(value, at);
}

std::optional<std::string> repeated_key(const json::Value& value) {
  if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (auto inner = repeated_key(value[i])) return "/" + std::to_string(i) + *inner;
    }
  }
  if (!value.IsObject()) return std::nullopt;
  if (auto here = repeated_here(value)) return here;
  for (const auto& member : value.GetObject()) {
    if (auto inner = repeated_key(member.value))
      return "/" + visible(json::view(member.name)) + *inner;
  }
  return std::nullopt;
}

}  // namespace dockerhub
