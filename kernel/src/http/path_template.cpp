#include "http/path_template.hpp"

#include <algorithm>

#include "base/repository_name.hpp"
#include "http/url.hpp"

namespace dockerhub::http {
namespace {

Failure refused(std::string_view name, std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = std::string(name);
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// Servers decode dots and slashes in their own ways: a value that could lead out of its segment would
// make a request about one thing a request about another.
bool leads_elsewhere(std::string_view value) {
  while (true) {
    const std::size_t end = value.find_first_of("/\\");
    const std::string_view part = value.substr(0, end);
    if (part == "." || part == "..") return true;
    if (end == std::string_view::npos) return false;
    value.remove_prefix(end + 1);
  }
}

bool has_control(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
  });
}

Result<std::string> segment_of(std::string_view name, const PathValues& values) {
  const auto value = values.find(name);
  if (value == values.end() || value->second.text.empty()) {
    return refused(name, "'" + visible(name) + "' is empty, and the address needs it", "Name it.");
  }
  if (has_control(value->second.text) || leads_elsewhere(value->second.text)) {
    return refused(
        name, "'" + visible(value->second.text) + "' cannot be part of an address",
        "Give the name alone, without '.' and '..' as parts and without control characters.");
  }
  if (!value->second.is_repository) return encode_segment(value->second.text);
  if (is_repository_name(value->second.text)) return value->second.text;
  return refused(name, "'" + visible(value->second.text) + "' is no repository name",
                 "Repository names are in lower case, like library/alpine.");
}

// RFC 3986 3.3 without percent-encoding: what has to be encoded comes as a value.
bool is_path_character(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view("-._~!$&'()*+,;=:@/").find(letter) != std::string_view::npos;
}

// Nothing between the braces counts but that there is something.
std::string without_names(std::string_view path_template) {
  std::string literal;
  while (true) {
    const std::size_t open = path_template.find('{');
    literal += path_template.substr(0, open);
    const std::size_t close = path_template.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return literal;
    literal += 'x';
    path_template.remove_prefix(close + 1);
  }
}

Failure no_path(std::string_view path_template) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "'" + visible(path_template) + "' is no path";
  error.hint = "Report it to the module's publisher.";
  return Failure(std::move(error));
}

bool is_plain_path(std::string_view path_template) {
  const std::string literal = without_names(path_template);
  return !literal.empty() && literal.front() == '/' && literal.find("//") == std::string::npos &&
         std::all_of(literal.begin(), literal.end(), is_path_character) &&
         !leads_elsewhere(literal);
}

}  // namespace

Result<std::string> expand_path(std::string_view path_template, const PathValues& values) {
  if (!is_plain_path(path_template)) return no_path(path_template);
  std::string path;
  while (true) {
    const std::size_t open = path_template.find('{');
    path += path_template.substr(0, open);
    if (open == std::string_view::npos) return path;
    const std::size_t close = path_template.find('}', open);
    if (close == std::string_view::npos) return no_path(path_template);
    auto segment = segment_of(path_template.substr(open + 1, close - open - 1), values);
    if (!segment) return segment;
    path += *segment;
    path_template.remove_prefix(close + 1);
  }
}

}  // namespace dockerhub::http
