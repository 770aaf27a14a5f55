// JSON of the protocol: RapidJSON's types under short names, a parser with bounds, and the
// accessors that every message needs. Free functions; any thread.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/bounded_json.hpp"

namespace dockerhub::server::json {

using Document = bounded_json::Document;
using Value = rapidjson::Value;
using Buffer = json_runs::Buffer;
using Writer = json_runs::Writer;

using Fault = bounded_json::Fault;
using bounded_json::members;

// One whole JSON value in valid UTF-8.
tl::expected<Document, Fault> parse(std::string_view text);

// The value as a document of its own.
Document copy(const Value& value);

std::string write(const Value& value);

// `text` as a JSON string with its quotes.
std::string quote(std::string_view text);

// Overwrites what may hold a secret and is not needed any more: a text, or all texts within a value that
// was parsed (or copied from one that was). Lengths and structure stay.
void wipe(std::string& text);
void wipe(Value& value);

inline std::string_view view(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

// The member of that name, or nullptr (also when `object` is nullptr or no object).
const Value* find(const Value* object, std::string_view name);
inline const Value* find(const Value& object, std::string_view name) {
  return find(&object, name);
}

// The same, a member that is null counting as absent.
const Value* find_present(const Value* object, std::string_view name);
inline const Value* find_present(const Value& object, std::string_view name) {
  return find_present(&object, name);
}

// Text of a member; empty where it is absent or no text.
std::string_view text_of(const Value* object, std::string_view name);

inline void put(Writer& writer, std::string_view text) {
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void put_key(Writer& writer, std::string_view key) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}
inline void put_member(Writer& writer, std::string_view key, std::string_view text) {
  put_key(writer, key);
  put(writer, text);
}
inline void put_raw(Writer& writer, std::string_view json) {
  writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

// The object that `fill` writes the members of. size: what room to begin with, in bytes.
template <typename Fill>
std::string object(const Fill& fill, std::size_t size = Buffer::kDefaultCapacity) {
  Buffer buffer(size);
  Writer writer(buffer);
  writer.StartObject();
  fill(writer);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub::server::json
