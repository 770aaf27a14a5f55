#include "exchange/routes.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "encoding/query.hpp"

namespace dockerhub::sandbox {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    if (!part.empty() || !path.empty()) parts.push_back(part);
  }
  return parts;
}

bool is_name(std::string_view part) {
  return part.starts_with('{');
}
bool is_rest(std::string_view part) {
  return part.ends_with("...}");
}

std::string name_of(std::string_view part) {
  return std::string(part.substr(1, part.size() - (is_rest(part) ? 5 : 2)));
}

// Takes the segments [first, first + count) for one part of the pattern.
bool take(std::string_view part, const std::vector<std::string>& path, std::size_t first,
          std::size_t count, PathValues& values) {
  if (!is_name(part)) return path[first] == part;
  std::string value = path[first];
  for (std::size_t i = 1; i < count; ++i) value += '/' + path[first + i];
  if (value.empty()) return false;
  values.emplace(name_of(part), std::move(value));
  return true;
}

}  // namespace

std::optional<PathValues> match_path(std::string_view pattern, std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> parts;
  for (const std::string_view part : segments(path)) {
    std::optional<std::string> plain = percent_decode(part);
    if (!plain) return std::nullopt;
    parts.push_back(*std::move(plain));
  }
  const std::vector<std::string_view> wanted = segments(pattern);
  if (parts.size() < wanted.size()) return std::nullopt;

  const std::size_t spare = parts.size() - wanted.size();
  std::size_t place = 0;
  PathValues values;
  for (const std::string_view part : wanted) {
    const std::size_t count = is_rest(part) ? 1 + spare : 1;
    if (!take(part, parts, place, count, values)) return std::nullopt;
    place += count;
  }
  if (place != parts.size()) return std::nullopt;
  return values;
}

}  // namespace dockerhub::sandbox
