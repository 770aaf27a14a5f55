// Parts of JSON that are read and written in several places. Pure; any thread.
#pragma once

#include <dockerhub/sdk/raw_member.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/members.hpp"

namespace dockerhub::scout {

// Members of an object, of any other value nothing: true only where it says true.
bool flag_member(const sdk::Value& value, std::string_view name);
std::optional<double> number_member(const sdk::Value& value, std::string_view name);
// The texts in an array.
std::vector<std::string> texts_member(const sdk::Value& value, std::string_view name);

using hub::with;
using sdk::raw_member;
using sdk::text_or_null;

}  // namespace dockerhub::scout
