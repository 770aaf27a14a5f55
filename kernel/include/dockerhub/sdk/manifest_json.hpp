// JSON at compile time: a writer over a sink that either counts bytes or stores them. Two runs over
// the same rows, first counting, then storing, give an array of exactly the length of the text.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dockerhub/sdk/constant.hpp"
#include "dockerhub/sdk/list.hpp"

namespace dockerhub::sdk {

class CountingSink {
 public:
  constexpr void put(char) { ++size_; }
  constexpr std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
};

template <std::size_t Size>
class StoringSink {
 public:
  constexpr void put(char c) { text_[size_++] = c; }
  constexpr const std::array<char, Size>& text() const { return text_; }

 private:
  std::array<char, Size> text_{};
  std::size_t size_ = 0;
};

template <typename Sink>
class ManifestWriter {
 public:
  constexpr explicit ManifestWriter(Sink& sink) : sink_(sink) {}

  constexpr void begin_object() { open('{'); }
  constexpr void end_object() { close('}'); }
  constexpr void begin_array() { open('['); }
  constexpr void end_array() { close(']'); }

  constexpr void key(std::string_view name) {
    separate();
    quoted(name);
    sink_.put(':');
    after_key_ = true;
  }
  constexpr void text(std::string_view value) {
    separate();
    quoted(value);
  }
  constexpr void flag(bool value) { raw(value ? "true" : "false"); }
  constexpr void integer(std::int64_t value) {
    separate();
    digits(value);
  }
  constexpr void number(double value) {
    separate();
    decimal(value);
  }
  // JSON that is put as it stands.
  constexpr void raw(std::string_view json) {
    separate();
    for (const char c : json) sink_.put(c);
  }
  constexpr void constant(const Constant& value) {
    switch (value.kind) {
      case Constant::Kind::none:
        return raw("null");
      case Constant::Kind::text:
        return text(value.text);
      case Constant::Kind::integer:
        return integer(value.integer);
      case Constant::Kind::number:
        return number(value.number);
      case Constant::Kind::flag:
        return flag(value.flag);
      case Constant::Kind::raw:
        return raw(value.text);
    }
  }

  // Members that are left out when they say nothing.
  constexpr void member(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    key(name);
    text(value);
  }
  constexpr void member(std::string_view name, std::same_as<bool> auto value) {
    if (!value) return;
    key(name);
    flag(true);
  }
  constexpr void member(std::string_view name, const std::same_as<Constant> auto& value) {
    if (!value.given()) return;
    key(name);
    constant(value);
  }
  template <typename Count>
  constexpr void count(std::string_view name, const Count& value) {
    if (!value) return;
    key(name);
    integer(static_cast<std::int64_t>(*value));
  }
  template <typename Range>
  constexpr void list(std::string_view name, const Range& values) {
    if (values.begin() == values.end()) return;
    key(name);
    texts(values);
  }
  template <typename Range>
  constexpr void texts(const Range& values) {
    begin_array();
    for (const std::string_view value : values) text(value);
    end_array();
  }

 private:
  constexpr void open(char bracket) {
    separate();
    sink_.put(bracket);
    first_ = true;
  }
  constexpr void close(char bracket) {
    sink_.put(bracket);
    first_ = false;
  }
  constexpr void separate() {
    if (!first_ && !after_key_) sink_.put(',');
    first_ = false;
    after_key_ = false;
  }
  constexpr void quoted(std::string_view value) {
    sink_.put('"');
    for (const char c : value) escaped(c);
    sink_.put('"');
  }
  constexpr void escaped(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      sink_.put('\\');
      sink_.put(c);
    } else if (byte < 0x20 || byte == 0x7f) {
      constexpr std::string_view kHex = "0123456789abcdef";
      for (const char u : std::string_view("\\u00")) sink_.put(u);
      sink_.put(kHex[byte / 16]);
      sink_.put(kHex[byte % 16]);
    } else {
      sink_.put(c);
    }
  }
  constexpr void digits(std::int64_t value) {
    std::array<char, 20> reversed{};
    std::size_t count = 0;
    auto rest =
        value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    do {
      reversed[count++] = static_cast<char>('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (value < 0) sink_.put('-');
    while (count > 0) sink_.put(reversed[--count]);
  }
  // Up to six places after the point; rows need no more.
  constexpr void decimal(double value) {
    constexpr double kLimit = 9.0e12;
    constexpr std::int64_t kMillion = 1000000;
    demand(value < kLimit && value > -kLimit, "a number this large is written with raw_json()");
    const double magnitude = value < 0 ? -value : value;
    // std::llround is no constant expression.
    const double shifted = magnitude * kMillion + 0.5;
    const auto scaled = static_cast<std::int64_t>(shifted);
    const double back = static_cast<double>(scaled) / kMillion;
    demand(back - magnitude < 1e-9 && magnitude - back < 1e-9,
           "a number with more than six decimal places is written with raw_json()");
    if (value < 0) sink_.put('-');
    digits(scaled / kMillion);
    std::int64_t fraction = scaled % kMillion;
    if (fraction != 0) sink_.put('.');
    for (std::int64_t place = kMillion / 10; fraction != 0; place /= 10) {
      sink_.put(static_cast<char>('0' + fraction / place));
      fraction %= place;
    }
  }

  Sink& sink_;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace dockerhub::sdk
