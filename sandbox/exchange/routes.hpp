// Tables of routes: which row answers a request. A row is any struct with `method` and `path`; in the
// path "{name}" stands for one segment and "{name...}" for one or more (at most one of these a path).
// Segments are compared after percent-decoding, so that an escaped slash stays within its segment.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dockerhub::sandbox {

using PathValues = std::map<std::string, std::string, std::less<>>;

// The values of the pattern's names, or nullopt. One slash at the end is passed over.
std::optional<PathValues> match_path(std::string_view pattern, std::string_view path);

template <typename Row>
struct Routed {
  const Row* row = nullptr;
  PathValues values;
  std::string allowed;  // the methods of this path, where there is one but no row fits
};

template <typename Row>
Routed<Row> find_route(std::span<const Row> rows, std::string_view method, std::string_view path) {
  Routed<Row> found;
  for (const Row& row : rows) {
    std::optional<PathValues> values = match_path(row.path, path);
    if (!values) continue;
    if (row.method == method) return {&row, *std::move(values), {}};
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += row.method;
  }
  return found;
}

}  // namespace dockerhub::sandbox
