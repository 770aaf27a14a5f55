// Texts of JSON, read and written by RapidJSON in runs of bytes that stand for themselves, instead of byte by
// byte. RapidJSON's own faster way (RAPIDJSON_SSE2, RAPIDJSON_SSE42) is not used: in version 1.1 it takes the
// control characters 1A to 1F for such bytes, so that they would be read and written without their escapes.
// Header only; any thread.
#pragma once

#include <rapidjson/allocators.h>
#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/stream.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace dockerhub::json_runs {

// malloc's heap. RapidJSON makes an object of this class, which has nothing in it, for each of its own parts that is
// given none.
inline rapidjson::CrtAllocator& heap() {
  static rapidjson::CrtAllocator heap;
  return heap;
}

struct Buffer : rapidjson::StringBuffer {
  explicit Buffer(std::size_t capacity = kDefaultCapacity)
      : rapidjson::StringBuffer(&heap(), capacity) {}
};

// Whether the byte may stand in a JSON text as it is (RFC 8259, section 7).
inline bool is_plain(char byte) {
  return byte != '"' && byte != '\\' && static_cast<unsigned char>(byte) >= 0x20;
}

// Whether the eight bytes from `at` on are all plain.
inline bool are_plain(const char* at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  // The high bit of some byte is set where a byte of `bytes` is zero, and of none elsewhere.
  const auto zeros = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  std::uint64_t eight = 0;
  std::memcpy(&eight, at, sizeof eight);
  const std::uint64_t controls = (eight - kOnes * 0x20) & ~eight;
  return ((zeros(eight ^ kOnes * '"') | zeros(eight ^ kOnes * '\\') | controls) & kHighs) == 0;
}

// How many plain bytes there are from `begin` on.
inline std::size_t plain_run(const char* begin, const char* end) {
  const char* at = begin;
  while (end - at >= 8 && are_plain(at)) at += 8;
  while (at != end && is_plain(*at)) ++at;
  return static_cast<std::size_t>(at - begin);
}

// UTF-8 that was found valid before it is read.
struct CheckedUtf8 : rapidjson::UTF8<> {
  // What an escape stands for. RapidJSON 1.1 refuses the first half of a pair without the second, but not the
  // second alone, which would be no UTF-8.
  template <typename Output>
  static void Encode(Output& output, unsigned codepoint) {
    constexpr unsigned kFirstSecondHalf = 0xDC00, kLastSecondHalf = 0xDFFF, kReplacement = 0xFFFD;
    const bool is_half = codepoint >= kFirstSecondHalf && codepoint <= kLastSecondHalf;
    rapidjson::UTF8<>::Encode(output, is_half ? kReplacement : codepoint);
  }
};

// What stands for a byte that is not plain.
struct Escape {
  char text[6] = {};
  std::size_t size = 0;
};

inline Escape escape_of(char byte) {
  constexpr char kShort[] = "\"\"\\\\\bb\ff\nn\rr\tt";  // each byte and its letter
  for (const char* each = kShort; *each != '\0'; each += 2) {
    if (*each == byte) return {{'\\', each[1]}, 2};
  }
  constexpr char kDigits[] = "0123456789ABCDEF";
  return {{'\\', 'u', '0', '0', kDigits[(byte >> 4) & 0xF], kDigits[byte & 0xF]}, 6};
}

// A writer that copies texts in runs, and a raw value at once. A number of a floating type is the shortest that is
// read as the same, with an exponent below 1e-6 and from 1e21; a whole one is exact and ends in ".0"; what is no number
// is null.
class Writer : public rapidjson::Writer<rapidjson::StringBuffer> {
  using Base = rapidjson::Writer<rapidjson::StringBuffer>;

 public:
  explicit Writer(rapidjson::StringBuffer& buffer) : Base(buffer, &heap()) {}

  bool String(const char* text, rapidjson::SizeType size, bool copy = false) {
    (void)copy;
    const char* const end = text + size;
    Prefix(rapidjson::kStringType);
    os_->Reserve(std::size_t{size} + 2);
    os_->Put('"');
    for (;;) {
      const std::size_t run = plain_run(text, end);
      if (run != 0) std::memcpy(os_->Push(run), text, run);
      text += run;
      if (text == end) break;
      const Escape escape = escape_of(*text++);
      std::memcpy(os_->Push(escape.size), escape.text, escape.size);
    }
    os_->Put('"');
    return EndValue(true);
  }
  bool String(const char* text) { return String(text, rapidjson::SizeType(std::strlen(text))); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy = false) {
    return String(text, size, copy);
  }
  bool Key(const char* text) { return String(text); }
  bool Int(int value) { return Int64(value); }
  bool Uint(unsigned value) { return Uint64(value); }
  bool Int64(std::int64_t value) { return number(value); }
  bool Uint64(std::uint64_t value) { return number(value); }
  bool Double(double value) {
    if (!std::isfinite(value)) return Null();
    constexpr double kLeastFixed = 1e-6, kMostFixed = 1e21;
    const double size = std::abs(value);
    const bool is_fixed = value == 0 || (size >= kLeastFixed && size < kMostFixed);
    char digits[kMostDigits];
    char* end = std::to_chars(digits, digits + sizeof digits, value,
                              is_fixed ? std::chars_format::fixed : std::chars_format::scientific)
                    .ptr;
    if (!is_fixed) {
      end = with_short_exponent(digits, end);
    } else if (value == std::trunc(value)) {
      *end++ = '.';
      *end++ = '0';
    }
    return RawValue(digits, static_cast<std::size_t>(end - digits), rapidjson::kNumberType);
  }
  bool RawValue(const char* json, std::size_t size, rapidjson::Type type) {
    Prefix(type);
    if (size != 0) std::memcpy(os_->Push(size), json, size);
    return EndValue(true);
  }

 private:
  static constexpr std::size_t kMostDigits = 32;

  bool number(std::integral auto value) {
    char digits[kMostDigits];
    const char* const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return RawValue(digits, static_cast<std::size_t>(end - digits), rapidjson::kNumberType);
  }
  // "1e-07" as "1e-7", "1e+300" as "1e300".
  static char* with_short_exponent(char* begin, char* end) {
    char* to = std::find(begin, end, 'e') + 1;
    const char* from = to + 1;
    if (*to == '-') ++to;
    if (*from == '0') ++from;
    if (from == to) return end;
    return std::copy(from, static_cast<const char*>(end), to);
  }
};

}  // namespace dockerhub::json_runs

namespace rapidjson {

// The reader asks for the next byte where it is a plain one, and gets the whole run.
template <>
struct Transcoder<dockerhub::json_runs::CheckedUtf8, dockerhub::json_runs::CheckedUtf8> {
  template <typename Output>
  static bool Transcode(MemoryStream& input, Output& output) {
    const std::size_t size = dockerhub::json_runs::plain_run(input.src_, input.end_);
    std::memcpy(output.Push(static_cast<SizeType>(size)), input.src_, size);
    input.src_ += size;
    return true;
  }
  // For reading in place, which a stream that is only read has none of.
  static bool Transcode(MemoryStream&, MemoryStream&) { return false; }
  template <typename Input, typename Output>
  static bool Validate(Input& input, Output& output) {
    return Transcode(input, output);
  }
};

}  // namespace rapidjson
