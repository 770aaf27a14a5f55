// Parts of JSON that are read and written in several places. Pure; any thread.
#pragma once

#include <dockerhub/sdk/raw_member.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::scout {

// Members of an object, of any other value nothing: true only where it says true.
bool flag_member(const sdk::Value& value, std::string_view name);
std::optional<double> number_member(const sdk::Value& value, std::string_view name);
// The texts in an array.
std::vector<std::string> texts_member(const sdk::Value& value, std::string_view name);

sdk::Json text_or_null(std::string_view text);
sdk::Json number_or_null(const std::optional<double>& number);
// `object` with one more member.
sdk::Json with_member(const sdk::Json& object, std::string_view name, const sdk::Json& value);

using sdk::raw_member;

}  // namespace dockerhub::scout
