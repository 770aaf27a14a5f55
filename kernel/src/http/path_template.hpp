// Paths of requests are made from templates by this function alone: "/v2/{name}/tags" with one value
// for each name in braces. A value becomes exactly one encoded segment, whatever is in it; only a
// repository name keeps its "/". What stands between the values is a plain path: it begins with one
// "/" and has no query, no fragment, no encoding, no "." or ".." as a segment. Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::http {

struct PathValue {
  std::string text;
  bool is_repository = false;  // checked as one (base/repository_name.hpp)
};
using PathValues = std::map<std::string, PathValue, std::less<>>;

// The encoded path. Refused with ErrorKind::parameter: a name without a value, an empty value, one
// with a control character or with "." or ".." between slashes, one that is no repository name where
// it has to be one. Refused with ErrorKind::module_fault: a template that is no plain path.
Result<std::string> expand_path(std::string_view path_template, const PathValues& values);

}  // namespace dockerhub::http
