// How many bytes a value takes as compact JSON, without writing it. Free functions; any thread.
#pragma once

#include <cstddef>
#include <limits>

#include "json.hpp"

namespace dockerhub::mcp {

inline constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

// Of a value that is neither array nor object.
std::size_t scalar_size(const json::Value& value);

// Brackets and commas of an array or object.
std::size_t frame_size(std::size_t items);

// What a value takes, or some number above `most`: no more of it is looked at than that takes.
std::size_t size_within(const json::Value& value, std::size_t most = kUnbounded);

}  // namespace dockerhub::mcp
