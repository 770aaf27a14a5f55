// A JSON value in a row: a default, an example, the value that a condition compares with. Made from
// a text, a number or a flag; anything else is written as JSON with raw_json("[1, 2]"). Compile
// time.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

namespace dockerhub::sdk {

struct Constant {
  enum class Kind { none, text, integer, number, flag, raw };
  Kind kind = Kind::none;
  std::string_view text{};
  std::int64_t integer = 0;
  double number = 0;
  bool flag = false;

  constexpr Constant() = default;
  constexpr Constant(const char* value) : kind(Kind::text), text(value) {}
  constexpr Constant(std::string_view value) : kind(Kind::text), text(value) {}
  constexpr Constant(std::same_as<bool> auto value) : kind(Kind::flag), flag(value) {}
  constexpr Constant(std::integral auto value) requires(!std::same_as<decltype(value), bool>)
      : kind(Kind::integer), integer(static_cast<std::int64_t>(value)) {}
  constexpr Constant(std::floating_point auto value)
      : kind(Kind::number), number(static_cast<double>(value)) {}

  constexpr bool given() const { return kind != Kind::none; }
};

// JSON that stands in the manifest as it is written here.
constexpr Constant raw_json(std::string_view json) {
  Constant constant;
  constant.kind = Constant::Kind::raw;
  constant.text = json;
  return constant;
}

}  // namespace dockerhub::sdk
