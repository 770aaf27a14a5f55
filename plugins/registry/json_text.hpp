// JSON that a registry sent: parsed with bounds, read without surprises. What parse_json() takes, the
// kernel takes as an answer. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/json.hpp"

namespace dockerhub::registry {

using sdk::parse_json;

// A member of an object, or nullptr: also when `value` is no object.
const sdk::Value* member(const sdk::Value& value, std::string_view name);
// Empty when there is no such member, or it is no text.
std::string_view text_member(const sdk::Value& value, std::string_view name);
std::optional<std::uint64_t> size_member(const sdk::Value& value, std::string_view name);
// nullptr when there is no such member, or it is no array.
const sdk::Value* array_member(const sdk::Value& value, std::string_view name);

// `object` with one more member.
sdk::Json with_member(const sdk::Json& object, std::string_view name, const sdk::Json& value);

// The text as a JSON value, null for an empty one.
sdk::Json text_or_null(std::string_view text);

}  // namespace dockerhub::registry
