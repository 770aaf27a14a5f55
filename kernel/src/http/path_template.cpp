#include "http/path_template.hpp"

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

Result<std::string> segment_of(std::string_view name, const PathValues& values) {
  const auto value = values.find(name);
  if (value == values.end() || value->second.text.empty()) {
    return refused(name, "'" + visible(name) + "' is empty, and the address needs it", "Name it.");
  }
  if (!value->second.is_repository) return encode_segment(value->second.text);
  if (is_repository_name(value->second.text)) return value->second.text;
  return refused(name, "'" + visible(value->second.text) + "' is no repository name",
                 "Repository names are in lower case, like library/alpine.");
}

}  // namespace

Result<std::string> expand_path(std::string_view path_template, const PathValues& values) {
  std::string path;
  while (true) {
    const std::size_t open = path_template.find('{');
    path += path_template.substr(0, open);
    if (open == std::string_view::npos) return path;
    const std::size_t close = path_template.find('}', open);
    if (close == std::string_view::npos) {
      return refused({}, "the path template is not closed: " + visible(path_template),
                     "Report it to the module's publisher.");
    }
    auto segment = segment_of(path_template.substr(open + 1, close - open - 1), values);
    if (!segment) return segment;
    path += *segment;
    path_template.remove_prefix(close + 1);
  }
}

}  // namespace dockerhub::http
