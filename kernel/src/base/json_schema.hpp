// RapidJSON's validation against a JSON Schema (draft 4), for the sources that need it: its header is heavy.
#pragma once

#include <rapidjson/schema.h>

#include <cstdint>

namespace dockerhub {

// What RapidJSON 1.1 makes of a number where values are compared, which it does by a hash: a cast to an
// integer. For one that is too large the cast is undefined; such a number is told from others by its own bits alone.
inline std::uint64_t integer_bits(double value) {
  constexpr double kTooLarge = 0x1p63;
  const bool fits = value >= -kTooLarge && value < 2 * kTooLarge;
  if (!fits) return 0;
  return value < 0 ? static_cast<std::uint64_t>(static_cast<std::int64_t>(value))
                   : static_cast<std::uint64_t>(value);
}

}  // namespace dockerhub

namespace rapidjson::internal {

// Of a value that is checked.
template <>
inline bool Hasher<UTF8<>, CrtAllocator>::Double(double value) {
  Number number{};
  number.u.u = dockerhub::integer_bits(value);
  number.d = value;
  return WriteNumber(number);
}

// Of one that a schema lists.
template <>
inline bool Hasher<UTF8<>, MemoryPoolAllocator<>>::Double(double value) {
  Number number{};
  number.u.u = dockerhub::integer_bits(value);
  number.d = value;
  return WriteNumber(number);
}

}  // namespace rapidjson::internal
