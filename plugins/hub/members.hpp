// Members of JSON objects: read out of what a server sent, without surprises, and added. Pure; any thread.
#pragma once

#include <cstdint>
#include <dockerhub/sdk/json.hpp>
#include <initializer_list>
#include <string_view>

namespace dockerhub::hub {

// A member of an object that is there and not null, or nullptr: also when `value` is no object.
const sdk::Value* member(const sdk::Value& value, std::string_view name);
// Empty when there is no such member, or it is no text.
std::string_view text_member(const sdk::Value& value, std::string_view name);
// 0 when there is no such member, or it is no whole number.
std::uint64_t number_member(const sdk::Value& value, std::string_view name);
// nullptr when there is no such member, or it is no array.
const sdk::Value* array_member(const sdk::Value& value, std::string_view name);

// `object`, which is one, with more members, at least one.
sdk::Json with(const sdk::Json& object, std::initializer_list<sdk::Field> members);

}  // namespace dockerhub::hub
