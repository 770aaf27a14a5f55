// Adds members to a JSON object, as a value and as a text. In the text every byte that needs no change stays:
// order, indentation and the spelling of numbers. Free functions; any thread.
//
// Objects are merged member by member, and lists get the items (objects with an `id`) that they have not. Any
// other value that is there stays, unless it is null or a member of a name in `ours`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::cli {

using MemberNames = std::span<const std::string_view>;

// The error, a sentence, is where an object or a list is wanted and something else is there.
tl::expected<void, std::string> merge_json(json::Value& object, const json::Value& wanted,
                                           MemberNames ours, json::Document& document);

// `text` has to be a JSON object. Where it has a name twice the outcome is another one than merge_json's.
std::string merge_json_text(std::string_view text, const json::Value& wanted, MemberNames ours);

}  // namespace dockerhub::cli
