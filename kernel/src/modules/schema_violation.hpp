// What is wrong with a JSON value against a JSON Schema, told so that its author can mend it:
// where, which rule, what is allowed. Free function; any thread.
#pragma once

#include <rapidjson/pointer.h>

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace dockerhub {

// A violation as the validator found it.
struct SchemaViolation {
  rapidjson::Pointer schema_at;    // of the schema whose rule is broken
  rapidjson::Pointer document_at;  // of the value that breaks it
  std::string keyword;             // the rule: "enum", "required"...
};

// "/actions/2/request: unknown key `methd`; known: ...; did you mean `method`?". prefix: where
// `document` lies in the whole text.
std::string explain(const SchemaViolation& violation, const json::Value& schema,
                    const json::Value& document, std::string_view prefix);

}  // namespace dockerhub
