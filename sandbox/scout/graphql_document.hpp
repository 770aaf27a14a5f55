// A GraphQL query (GraphQL, October 2021), as far as clients of Docker Scout write them: one operation,
// variables for arguments, inline fragments, @include. Read to a tree of what is selected; applied to
// values of sample data. Free functions; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::sandbox {

struct Selection {
  std::string name;       // of a field; empty: an inline fragment
  std::string type;       // that the fragment is for
  std::string condition;  // variable of @include; empty: always
  std::map<std::string, std::string, std::less<>> arguments;  // name: variable
  std::vector<Selection> fields;
};

// What the one operation of the document selects. A failure says what is not understood.
Result<std::vector<Selection>> read_query(std::string_view document);

// Writes what `fields` select of `value`, which has each field that the schema has. A failure names a
// field that there is none of.
Result<void> project(const json::Value& value, const std::vector<Selection>& fields,
                     const json::Value& variables, json::Writer& writer);

}  // namespace dockerhub::sandbox
