// The little that this program needs of JSON beyond RapidJSON's own types. Free functions; any
// thread.
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/bounded_json.hpp"

namespace dockerhub::cli::json {

using Document = bounded_json::Document;
using Value = rapidjson::Value;

// A whole JSON text, or nullopt when it is none (or nested more than 128 deep).
std::optional<Document> parse(std::string_view text);

std::string write(const Value& value);

// The text with indentation; as it is when it is no JSON.
std::string indented(std::string_view text);

// `text` as a JSON string with its quotes.
std::string quote(std::string_view text);

inline std::string_view view(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

// The member of that name, or nullptr (also when `object` is no object).
const Value* find(const Value& object, std::string_view name);

// The text of a member, or the fallback where it is absent or no text.
std::string_view text_of(const Value& object, std::string_view name,
                         std::string_view fallback = {});

}  // namespace dockerhub::cli::json
