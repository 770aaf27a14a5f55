// Reads JSON that strangers wrote: one whole value in valid UTF-8, nested no deeper than kMaxDepth, so
// that recursion over it stays bounded; numbers are converted by the standard library, exactly. Over
// RapidJSON, for the kernel, the programs and the SDK alike. Header only; free functions; any thread.
//
// RapidJSON's own full-precision conversion is not used: a fraction of a hundred digits with an
// exponent below -340 makes version 1.1 read beyond a table.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "dockerhub/json_runs.hpp"
#include "dockerhub/sdk/utf8.hpp"

namespace dockerhub::bounded_json {

inline constexpr std::size_t kMaxDepth = 128;

// May stand before a text, and means nothing.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Fault {
  enum class Kind {
    no_utf8,
    zero_byte,
    too_deep,   // JSON, but nested deeper than kMaxDepth
    too_large,  // a number
    no_json
  };
  Kind kind = Kind::no_json;
  std::size_t at = 0;  // byte; not of zero_byte and too_deep
  rapidjson::ParseErrorCode code = rapidjson::kParseErrorNone;  // of no_json

  bool too_deep() const { return kind == Kind::too_deep; }
  // What is wrong, and at which byte.
  std::string text() const;
};

inline std::string Fault::text() const {
  const std::string place = " (at byte " + std::to_string(at) + ")";
  switch (kind) {
    case Kind::no_utf8:
      return "it is not UTF-8" + place;
    case Kind::zero_byte:
      return "it holds a zero byte";
    case Kind::too_deep:
      return "nested deeper than " + std::to_string(kMaxDepth) + " levels";
    case Kind::too_large:
      return "a number is too large" + place;
    case Kind::no_json:
      break;
  }
  return rapidjson::GetParseError_En(code) + place;
}

// Whether a double has no room for the number, written as JSON has it. Next to nothing is zero.
inline bool is_too_large(std::string_view number) {
  double value{};
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec == std::errc()) return false;
  const std::size_t exponent = number.find_first_of("eE");
  if (exponent != std::string_view::npos) return number.substr(exponent + 1, 1) != "-";
  const std::size_t first = number.find_first_of("123456789.");
  return first == std::string_view::npos || number[first] != '.';
}

// Stands between RapidJSON's reader and a handler of its events.
template <typename Handler>
class Guard {
 public:
  explicit Guard(Handler& next) : next_(next) {}

  bool too_deep() const { return depth_ > kMaxDepth; }
  bool too_large() const { return too_large_; }

  bool Null() { return next_.Null(); }
  bool Bool(bool value) { return next_.Bool(value); }
  // The reader gives all numbers as they are written.
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view number(text, size);
    return number.find_first_of(".eE") == std::string_view::npos ? integer(number) : real(number);
  }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return next_.String(text, size, copy);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return next_.Key(text, size, copy);
  }
  bool StartObject() { return ++depth_ <= kMaxDepth && next_.StartObject(); }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    return next_.EndObject(members);
  }
  bool StartArray() { return ++depth_ <= kMaxDepth && next_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) {
    --depth_;
    return next_.EndArray(elements);
  }

 private:
  template <typename Number>
  static std::optional<Number> converted(std::string_view text) {
    Number number{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc()) return std::nullopt;
    return number;
  }

  bool integer(std::string_view text) {
    if (const auto number = converted<std::int64_t>(text)) return next_.Int64(*number);
    if (const auto number = converted<std::uint64_t>(text)) return next_.Uint64(*number);
    return real(text);
  }

  bool real(std::string_view text) {
    if (const auto number = converted<double>(text)) return next_.Double(*number);
    too_large_ = is_too_large(text);
    return !too_large_ && next_.Double(0.0);
  }

  Handler& next_;
  std::size_t depth_ = 0;
  bool too_large_ = false;
};

// How many bytes `text` begins with that are all ASCII.
inline std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Where the first byte stands that belongs to no valid sequence of UTF-8; the size of `text`: nowhere.
inline std::size_t invalid_utf8(std::string_view text) {
  std::size_t at = ascii_prefix(text);
  while (at < text.size()) {
    const std::size_t size = sdk::utf8_sequence(text.substr(at));
    if (size == 0) return at;
    at += size;
    at += ascii_prefix(text.substr(at));
  }
  return at;
}

// What is wrong with the bytes before they are looked at as JSON; nullopt: nothing.
inline std::optional<Fault> fault_of_bytes(std::string_view text) {
  // RapidJSON's own check of the encoding takes half the time of a small text.
  if (const std::size_t at = invalid_utf8(text); at != text.size()) {
    return Fault{Fault::Kind::no_utf8, at};
  }
  // RapidJSON takes a zero byte for the end and would pass over what follows.
  if (text.find('\0') != std::string_view::npos) return Fault{Fault::Kind::zero_byte};
  return std::nullopt;
}

// Numbers as they are written to a handler, of a text whose bytes are without fault.
template <unsigned flags, typename Handler>
rapidjson::ParseResult read_checked(std::string_view text, Handler& handler) {
  using Encoding = json_runs::CheckedUtf8;
  const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  rapidjson::MemoryStream stream(text.empty() ? "" : text.data(), text.size());
  stream.src_ += skipped;
  rapidjson::GenericReader<Encoding, Encoding> reader(&json_runs::heap());
  return reader.template Parse<flags | rapidjson::kParseNumbersAsStringsFlag>(stream, handler);
}

// RapidJSON's document with memory by the page. By itself it takes 64 KiB for the smallest value, which malloc
// returns to the system each time; a page is one that malloc keeps at hand for its thread.
// To be moved into its own kind only: a rapidjson::Document would not get the memory with it.
class Document : public rapidjson::Document {
 public:
  Document() : Document(rapidjson::kNullType) {}
  explicit Document(rapidjson::Type type)
      : Document(type, std::make_unique<AllocatorType>(kPage, &json_runs::heap())) {}

  Document& Swap(Document& other) noexcept {
    rapidjson::Document::Swap(other);
    pool_.swap(other.pool_);
    return *this;
  }
  friend void swap(Document& one, Document& other) noexcept { one.Swap(other); }

 private:
  static constexpr std::size_t kStack = 1024;  // bytes, while it is read
  static constexpr std::size_t kPage = 1000;   // bytes; 1024 with the allocator's own

  Document(rapidjson::Type type, std::unique_ptr<AllocatorType> pool)
      : rapidjson::Document(type, pool.get(), kStack, &json_runs::heap()), pool_(std::move(pool)) {}

  std::unique_ptr<AllocatorType> pool_;
};

// Events to a handler; nullopt: all of it was read.
template <typename Handler>
std::optional<Fault> read(std::string_view text, Handler& handler) {
  if (auto fault = fault_of_bytes(text)) return fault;
  Guard<Handler> guard(handler);
  const rapidjson::ParseResult result = read_checked<rapidjson::kParseNoFlags>(text, guard);
  if (result) return std::nullopt;
  if (guard.too_deep()) return Fault{Fault::Kind::too_deep};
  if (guard.too_large()) return Fault{Fault::Kind::too_large, result.Offset()};
  return Fault{Fault::Kind::no_json, result.Offset(), result.Code()};
}

// Whether the text is a number of JSON that a double can hold, and nothing else.
inline bool is_number(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const bool begins = !text.empty() && (text[0] == '-' || kDigits.find(text[0]) != kDigits.npos);
  if (!begins || kDigits.find(text.back()) == kDigits.npos) return false;
  rapidjson::BaseReaderHandler<> nothing;
  return !read(text, nothing);
}

// The document; nullopt: all of it was read.
inline std::optional<Fault> parse(std::string_view text, rapidjson::Document& document) {
  std::optional<Fault> fault;
  auto generate = [&](rapidjson::Document& target) {
    fault = read(text, target);
    return !fault;
  };
  document.Populate(generate);
  return fault;
}

// The members of an object that is changed, one after the other in memory: iterators of a value that is not
// constant cannot be compared in C++20 without a warning by clang 14.
inline std::span<rapidjson::Value::Member> members(rapidjson::Value& object) {
  if (object.MemberCount() == 0) return {};
  return {&*object.MemberBegin(), object.MemberCount()};
}

}  // namespace dockerhub::bounded_json
