// Paths of the OpenAPI document that are there whatever modules are. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace dockerhub::rest {

struct FixedPath {
  std::string_view path, method;  // in lower case
  std::string_view operation;     // JSON
};

std::span<const FixedPath> fixed_paths();

}  // namespace dockerhub::rest
