// JSON that a handler gives away. A Json is made from what C++ has at hand and holds the finished
// text:
//
//   Json("text")   Json(3)   Json(true)   Json(nullptr)   Json(rapidjson_value)
//   Json{{"name", name}, {"size", 12}, {"tags", Json::array(tags)}}
//   Json{{"size", std::optional<int>()}, {"scopes", find_member(object, "scopes")}}  // null without one
//   Json{{"reason", text_or_null(reason)}, {"rows", kGivenItems}}                    // null, []
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

// A function, since RapidJSON has hundreds of places that would throw. line: of RapidJSON's header.
[[noreturn, gnu::cold, gnu::noinline]] inline void misused_json(int line, const char* what = "") {
  std::string text = "JSON used as what it is not";
  text.append(what).append(", RapidJSON's line ").append(std::to_string(line));
  throw std::logic_error(text);
}

}  // namespace dockerhub::sdk

#ifndef RAPIDJSON_ASSERT
#define RAPIDJSON_ASSERT_THROWS
#define RAPIDJSON_NOEXCEPT_ASSERT(condition) static_cast<void>(0)
#ifdef NDEBUG  // a module that is shipped does without the texts
#define RAPIDJSON_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::dockerhub::sdk::misused_json(__LINE__))
#else
#define RAPIDJSON_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::dockerhub::sdk::misused_json(__LINE__, ": " #condition))
#endif
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

// A member of an object, or nullptr: also when `value` is no object.
inline const Value* find_member(const Value& value, std::string_view name) noexcept {
  if (!value.IsObject()) return nullptr;
  const Value key(name.empty() ? "" : name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto found = value.FindMember(key);
  return found == value.MemberEnd() ? nullptr : &found->value;
}

// null in JSON for an empty text.
inline std::optional<std::string_view> text_or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
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

class Field;

// In place of a list whose items were given before, one by one.
struct GivenItems {};
inline constexpr GivenItems kGivenItems;

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
  // null for what is not there.
  Json(const Value* value) : Json(value == nullptr ? Json(nullptr) : Json(*value)) {}
  template <typename T>
  Json(const std::optional<T>& value) : Json(value ? Json(*value) : Json(nullptr)) {}

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
  Json(const Field* first, const Field* last);

  std::string text_;
  friend Field;
};

template <typename T>
concept SignedNumber = std::signed_integral<T> && !std::same_as<T, char>;
template <typename T>
concept UnsignedNumber =
    std::unsigned_integral<T> && !std::same_as<T, char> && !std::same_as<T, bool>;

// A member of an object, in the braces of a Json. It holds no copy: what it is made of has to live as long as the
// braces do, as everything does that is written between them. Modules have hundreds, and a call takes less room than
// what is done in it: no constructor is inlined.
class Field {
 public:
  [[gnu::noinline]] Field(std::string_view name, std::nullptr_t) noexcept
      : Field(name, Kind::null) {}
  [[gnu::noinline]] Field(std::string_view name, std::same_as<bool> auto value) noexcept
      : Field(name, Kind::flag) {
    value_.flag = value;
  }
  [[gnu::noinline]] Field(std::string_view name, SignedNumber auto value) noexcept
      : Field(name, Kind::integer) {
    value_.integer = value;
  }
  [[gnu::noinline]] Field(std::string_view name, UnsignedNumber auto value) noexcept
      : Field(name, Kind::natural) {
    value_.natural = value;
  }
  [[gnu::noinline]] Field(std::string_view name, std::floating_point auto value) noexcept
      : Field(name, Kind::number) {
    value_.number = static_cast<double>(value);
  }
  [[gnu::noinline]] Field(std::string_view name, const char* text) noexcept
      : Field(name, Kind::literal) {
    value_.literal = text;
  }
  template <std::same_as<std::string> T>
  [[gnu::noinline]] Field(std::string_view name, const T& text) noexcept : Field(name, Kind::text) {
    value_.text = &text;
  }
  [[gnu::noinline]] Field(std::string_view name, std::same_as<std::string_view> auto text) noexcept
      : Field(name, Kind::view) {
    value_.view = {text.data(), text.size()};
  }
  template <std::derived_from<Value> T>
  [[gnu::noinline]] Field(std::string_view name, const T& value) noexcept
      : Field(name, Kind::value) {
    value_.value = &value;
  }
  template <std::same_as<Json> T>
  [[gnu::noinline]] Field(std::string_view name, const T& json) noexcept : Field(name, Kind::json) {
    value_.json = &json;
  }
  [[gnu::noinline]] Field(std::string_view name, std::initializer_list<Field> fields) noexcept
      : Field(name, Kind::fields) {
    value_.fields = {fields.begin(), fields.size()};
  }
  [[gnu::noinline]] Field(std::string_view name, GivenItems) noexcept : Field(name, Kind::items) {}
  // null for what is not there.
  [[gnu::noinline]] Field(std::string_view name, std::same_as<const Value*> auto value) noexcept
      : Field(name, value == nullptr ? Kind::null : Kind::value) {
    value_.value = value;
  }
  template <typename T>
  [[gnu::noinline]] Field(std::string_view name, const std::optional<T>& value) noexcept
      : Field(value ? Field(name, *value) : Field(name, nullptr)) {}

  std::string_view name() const { return name_; }
  Json value() const;

 private:
  enum class Kind : std::uint8_t {
    null,
    items,
    flag,
    integer,
    natural,
    number,
    literal,
    text,
    view,
    value,
    json,
    fields
  };
  template <typename T>
  struct Run {
    const T* first;
    std::size_t count;
  };

  Field(std::string_view name, Kind kind) noexcept : name_(name), kind_(kind) {}

  std::string_view name_;
  Kind kind_;
  union {
    bool flag;
    std::int64_t integer;
    std::uint64_t natural;
    double number;
    const char* literal;
    const std::string* text;
    Run<char> view;
    const Value* value;
    const Json* json;
    Run<Field> fields;
  } value_;
};

inline Json Field::value() const {
  switch (kind_) {
    case Kind::null:
      return nullptr;
    case Kind::items:
      return Json::raw("[]");
    case Kind::flag:
      return value_.flag;
    case Kind::integer:
      return value_.integer;
    case Kind::natural:
      return value_.natural;
    case Kind::number:
      return value_.number;
    case Kind::literal:
      return value_.literal;
    case Kind::text:
      return *value_.text;
    case Kind::view:
      return std::string_view(value_.view.first, value_.view.count);
    case Kind::value:
      return *value_.value;
    case Kind::json:
      return *value_.json;
    case Kind::fields:
      break;
  }
  // As `Json{}` is.
  if (value_.fields.count == 0) return nullptr;
  return Json(value_.fields.first, value_.fields.first + value_.fields.count);
}

inline Json::Json(std::initializer_list<Field> fields) : Json(fields.begin(), fields.end()) {}

inline Json::Json(const Field* first, const Field* last) {
  text_ = "{";
  for (; first != last; ++first) {
    if (text_.size() > 1) text_ += ',';
    text_ += Json(first->name()).text_;
    text_ += ':';
    text_ += first->value().text_;
  }
  text_ += '}';
}

}  // namespace dockerhub::sdk
