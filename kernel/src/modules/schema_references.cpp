#include "modules/schema_references.hpp"

#include <rapidjson/pointer.h>

namespace dockerhub {
namespace {

using Problem = std::optional<std::string>;

constexpr int kLongestChain = 16;

// Follows a reference to the thing it means.
Problem follow(const json::Value& root, const json::Value* reference) {
  for (int steps = 0; reference != nullptr && reference->IsString(); ++steps) {
    const std::string_view target = json::view(*reference);
    if (target.empty() || target.front() != '#') return "$ref leads outside: " + visible(target);
    if (steps == kLongestChain) return "$ref leads in a circle: " + visible(target);
    // Without the #: RapidJSON's form with it refuses `$`, and $defs is where most references lead.
    const rapidjson::Pointer pointer(target.data() + 1, target.size() - 1);
    const json::Value* meant = pointer.IsValid() ? pointer.Get(root) : nullptr;
    if (meant == nullptr) return "$ref leads nowhere: " + visible(target);
    reference = json::find(*meant, "$ref");
  }
  return std::nullopt;
}

Problem walk(const json::Value& root, const json::Value& value) {
  if (value.IsArray()) {
    for (const json::Value& element : value.GetArray()) {
      if (auto problem = walk(root, element)) return problem;
    }
  }
  if (!value.IsObject()) return std::nullopt;
  if (auto problem = follow(root, json::find(value, "$ref"))) return problem;
  for (const auto& member : value.GetObject()) {
    if (auto problem = walk(root, member.value)) return problem;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> bad_reference(const json::Value& schema) {
  return walk(schema, schema);
}

}  // namespace dockerhub
