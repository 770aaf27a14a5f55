#include "modules/schema_violation.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.hpp"

namespace dockerhub {
namespace {

using Names = std::vector<std::string>;

std::string join(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string brief(const json::Value& value) {
  constexpr std::size_t kMaxShown = 60;
  std::string text = visible(value.IsString() ? json::view(value) : json::write(value));
  if (text.size() > kMaxShown) text = std::string(whole_characters(text, kMaxShown)) + "...";
  return "`" + text + "`";
}

Names texts_of(const json::Value* values) {
  Names texts;
  if (values == nullptr) return texts;
  if (!values->IsArray())
    return {std::string(values->IsString() ? json::view(*values) : json::write(*values))};
  for (const json::Value& value : values->GetArray()) {
    texts.emplace_back(value.IsString() ? json::view(value) : json::write(value));
  }
  return texts;
}

Names keys_of(const json::Value* object) {
  Names keys;
  if (object == nullptr || !object->IsObject()) return keys;
  for (const auto& member : object->GetObject()) keys.emplace_back(json::view(member.name));
  return keys;
}

std::string type_of(const json::Value& value) {
  static constexpr std::array<std::string_view, 7> kTypes = {
      "null", "false", "true", "an object", "an array", "a string", "a number"};
  return std::string(kTypes[static_cast<std::size_t>(value.GetType())]);
}

std::string unknown_key(const std::string& key, const json::Value& schema) {
  Names known = keys_of(json::find(schema, "properties"));
  std::sort(known.begin(), known.end());
  std::string text = "unknown key `" + visible(key) + "`; known: " + join(known);
  const std::string meant = likely(key, known);
  return meant.empty() ? text : text + "; did you mean `" + meant + "`?";
}

std::string missing_key(const json::Value& schema, const json::Value& value) {
  for (const std::string& key : texts_of(json::find(schema, "required"))) {
    if (json::find(value, key) == nullptr) return "`" + key + "` is missing";
  }
  return "a required key is missing";
}

std::string one_of(const json::Value& schema, const json::Value& value) {
  const Names allowed = texts_of(json::find(schema, "enum"));
  std::string text = "must be one of " + join(allowed) + "; is " + brief(value);
  const std::string meant = value.IsString() ? likely(json::view(value), allowed) : std::string();
  return meant.empty() ? text : text + "; did you mean `" + meant + "`?";
}

std::string broken_rule(const std::string& keyword, const json::Value& schema,
                        const json::Value& value) {
  const json::Value* rule = json::find(schema, keyword);
  const std::string limit = join(texts_of(rule));
  if (keyword == "required") return missing_key(schema, value);
  if (keyword == "enum") return one_of(schema, value);
  if (keyword == "type") return "must be of type " + limit + ", is " + type_of(value);
  if (keyword == "pattern") return "must match " + limit + ", is " + brief(value);
  return "breaks the rule " + keyword + " " + limit;
}

std::string text_of(const rapidjson::Pointer& pointer) {
  json::Buffer buffer;
  pointer.Stringify(buffer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string parent_of(const std::string& pointer) {
  return pointer.substr(0, pointer.rfind('/'));
}

}  // namespace

std::string explain(const SchemaViolation& violation, const json::Value& schema,
                    const json::Value& document, std::string_view prefix) {
  const json::Value* rules = violation.schema_at.Get(schema);
  if (rules == nullptr) rules = &schema;
  std::string at = std::string(prefix) + text_of(violation.document_at);
  std::string what;
  if (violation.keyword == "additionalProperties") {
    const std::size_t depth = violation.document_at.GetTokenCount();
    const auto& key = violation.document_at.GetTokens()[depth - 1];
    what = unknown_key(std::string(key.name, key.length), *rules);
    at = parent_of(at);
  } else {
    const json::Value* value = violation.document_at.Get(document);
    what = broken_rule(violation.keyword, *rules, value != nullptr ? *value : document);
  }
  return (at.empty() ? "/" : visible(at)) + ": " + what;
}

}  // namespace dockerhub
