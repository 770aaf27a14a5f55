#include "call/uri_template.hpp"

namespace dockerhub {

bool fits_template(std::string_view uri, std::string_view uri_template) {
  const std::size_t open = uri_template.find('{');
  if (open == std::string_view::npos) return uri == uri_template;
  const std::size_t close = uri_template.find('}', open);
  if (close == std::string_view::npos || uri.substr(0, open) != uri_template.substr(0, open))
    return false;
  const std::string_view rest = uri_template.substr(close + 1);
  for (std::size_t end = open + 1; end <= uri.size() && uri[end - 1] != '/'; ++end) {
    if (fits_template(uri.substr(end), rest)) return true;
  }
  return false;
}

}  // namespace dockerhub
