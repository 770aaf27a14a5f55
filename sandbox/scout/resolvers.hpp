// The queries that the sandbox's Docker Scout answers, as a table: the fields of the schema's type Query,
// each with the function that makes its value of the sample data. Used under the lock of the reception.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.hpp"
#include "encoding/json_text.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

struct ScoutCall {
  World& world;
  const std::optional<Caller>& caller;
  const json::Value& arguments;  // an object: the field's arguments, with their values
};

struct Resolver {
  std::string_view field;
  JsonText (*value)(const ScoutCall& call);
};

// nullptr: there is none of that name.
const Resolver* find_resolver(std::string_view field);

// Whether the caller may read what the field's `context` asks for.
bool may_read_context(const ScoutCall& call);

}  // namespace dockerhub::sandbox
