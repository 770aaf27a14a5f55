#include "registry/names.hpp"

#include "base/pattern.hpp"

namespace dockerhub::sandbox {

bool is_repository_name(std::string_view text) {
  static const std::string pattern =
      "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";
  return text.size() <= 255 && matches(pattern, text);
}

bool is_tag(std::string_view text) {
  static const std::string pattern = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";
  return matches(pattern, text);
}

std::string namespace_of(std::string_view repository) {
  return std::string(repository.substr(0, repository.find('/')));
}

}  // namespace dockerhub::sandbox
