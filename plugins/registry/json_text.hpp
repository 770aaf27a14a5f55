// JSON that a registry sent: parsed with bounds, read without surprises. What parse_json() takes, the
// kernel takes as an answer. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/json.hpp"
#include "hub/members.hpp"

namespace dockerhub::registry {

using hub::with;
using sdk::find_member;
using sdk::parse_json;
using sdk::text_or_null;

// Empty when there is no such member, or it is no text.
std::string_view text_member(const sdk::Value& value, std::string_view name) noexcept;
std::optional<std::uint64_t> size_member(const sdk::Value& value, std::string_view name) noexcept;
// nullptr when there is no such member, or it is no array.
const sdk::Value* array_member(const sdk::Value& value, std::string_view name) noexcept;

}  // namespace dockerhub::registry
