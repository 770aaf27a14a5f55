// JSON inside the kernel: RapidJSON's types under short names, the bounded parser as a Result, and the
// few accessors that every user of JSON would otherwise repeat.
// Free functions only; any thread.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

#include "dockerhub/bounded_json.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::json {

using Document = bounded_json::Document;
using Value = rapidjson::Value;
using Buffer = json_runs::Buffer;
using Writer = json_runs::Writer;

// Nesting that parse() accepts.
inline constexpr std::size_t kMaxDepth = bounded_json::kMaxDepth;
using bounded_json::members;

// A whole JSON text. The error (ErrorKind::parameter) says what is wrong and at which byte.
Result<Document> parse(std::string_view text);

// True when `text` is one JSON value that parse() would take.
bool is_valid(std::string_view text);

std::string write(const Value& value);

// `text` as a JSON string with its quotes.
std::string quote(std::string_view text);

inline std::string_view view(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

inline Value::StringRefType ref(std::string_view text) {
  return {text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size())};
}

// A copy of `text` owned by the allocator.
inline Value copy(std::string_view text, Document::AllocatorType& allocator) {
  return Value(ref(text).s, static_cast<rapidjson::SizeType>(text.size()), allocator);
}

// The member of that name, or nullptr (also when `object` is no object).
const Value* find(const Value& object, std::string_view name);

// Text, flag and number of a member; the fallback where it is absent or of another type.
std::string_view text_of(const Value& object, std::string_view name,
                         std::string_view fallback = {});
bool flag_of(const Value& object, std::string_view name, bool fallback = false);

// Appends `text` as a JSON string / a raw JSON value.
inline void put(Writer& writer, std::string_view text) {
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void put_key(Writer& writer, std::string_view key) {
  writer.Key(key.empty() ? "" : key.data(), static_cast<rapidjson::SizeType>(key.size()));
}
// Key and text; nothing where the text is empty.
inline void put_filled(Writer& writer, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  put_key(writer, key);
  put(writer, text);
}
inline void put_raw(Writer& writer, std::string_view json) {
  writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

}  // namespace dockerhub::json
