// JSON that a handler gives away. A Json is made from what C++ has at hand and holds the finished
// text:
//
//   Json("text")   Json(3)   Json(true)   Json(nullptr)   Json(rapidjson_value)
//   Json{{"name", name}, {"size", 12}, {"tags", Json::array(tags)}}
//   Json::raw(text_that_is_json)
//   Json::write([&](JsonWriter& json) { json.StartArray(); ... json.EndArray(); })
//
// A text is always a JSON string, escaped; only raw() takes JSON as it stands. Invalid UTF-8 in a
// text becomes U+FFFD. Plain values: any thread.
//
// RapidJSON is made to throw where it would abort: using a value as what it is not is then an error
// of the call, not the end of the process.
#pragma once

#include <stdexcept>
#include <string>

namespace dockerhub::sdk {

// A function, since RapidJSON has hundreds of places that would throw.
[[noreturn, gnu::cold, gnu::noinline]] inline void misused_json(const char* what) {
  throw std::logic_error(what);
}

}  // namespace dockerhub::sdk

#ifndef RAPIDJSON_ASSERT
#define RAPIDJSON_ASSERT_THROWS
#define RAPIDJSON_NOEXCEPT_ASSERT(condition) static_cast<void>(0)
#define RAPIDJSON_ASSERT(condition)   \
  ((condition) ? static_cast<void>(0) \
               : ::dockerhub::sdk::misused_json("JSON used as what it is not: " #condition))
#endif

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "dockerhub/bounded_json.hpp"
#include "dockerhub/sdk/utf8.hpp"

namespace dockerhub::sdk {

using Value = rapidjson::Value;
using Document = bounded_json::Document;
using JsonWriter = json_runs::Writer;

inline std::string_view view(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

// JSON from outside: one whole value, bounded in depth. nullopt when it is none.
inline std::optional<Document> parse_json(std::string_view text) {
  Document document;
  if (bounded_json::parse(text, document)) return std::nullopt;
  return document;
}

// Appends a text; the writer's own String() would abort a value over bytes that are no UTF-8.
inline void put(JsonWriter& json, std::string_view text) {
  std::string mended;
  if (bounded_json::invalid_utf8(text) != text.size()) text = mended = valid_utf8(text);
  json.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void put_key(JsonWriter& json, std::string_view key) {
  json.Key(key.empty() ? "" : key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

class Json;
struct Field;

class Json {
 public:
  Json() : text_("null") {}
  Json(std::nullptr_t) : Json() {}
  Json(std::same_as<bool> auto value) : text_(value ? "true" : "false") {}
  Json(std::integral auto value) requires(!std::same_as<decltype(value), bool> &&
                                          !std::same_as<decltype(value), char>)
      : text_(std::to_string(value)) {}
  Json(std::floating_point auto value)
      : Json(write([&](JsonWriter& json) { json.Double(static_cast<double>(value)); })) {}
  Json(const char* text) : Json(std::string_view(text)) {}
  Json(const std::string& text) : Json(std::string_view(text)) {}
  Json(std::string_view text) : Json(write([&](JsonWriter& json) { put(json, text); })) {}
  Json(const Value& value) : Json(write([&](JsonWriter& json) { value.Accept(json); })) {}
  Json(std::initializer_list<Field> fields);

  static Json raw(std::string_view json) {
    Json result;
    result.text_ = json;
    return result;
  }
  // An array of what a range holds, each made a Json.
  template <typename Range>
  static Json array(const Range& range) {
    Json result;
    result.text_ = "[";
    for (const auto& element : range) {
      if (result.text_.size() > 1) result.text_ += ',';
      result.text_ += Json(element).text_;
    }
    result.text_ += ']';
    return result;
  }
  static Json array(std::initializer_list<Json> elements) {
    return array<std::initializer_list<Json>>(elements);
  }
  // What `build(writer)` writes: one value.
  template <typename Build>
  static Json write(Build build) {
    json_runs::Buffer buffer;
    JsonWriter json(buffer);
    build(json);
    return raw({buffer.GetString(), buffer.GetSize()});
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// A member of an object.
struct Field {
  std::string_view name;
  Json value;
};

inline Json::Json(std::initializer_list<Field> fields) {
  text_ = "{";
  for (const Field& field : fields) {
    if (text_.size() > 1) text_ += ',';
    text_ += Json(field.name).text_;
    text_ += ':';
    text_ += field.value.text_;
  }
  text_ += '}';
}

}  // namespace dockerhub::sdk
