#include "dockerhub/yaml.hpp"

#include "yaml/yaml_library.hpp"

namespace dockerhub {
namespace {

Result<std::string> converted(yaml::Read<std::string> read) {
  if (read) return std::move(*read);
  const std::size_t line = read.error().line;
  Error error;
  error.kind = ErrorKind::parameter;
  error.message =
      (line == 0 ? "" : "line " + std::to_string(line) + ": ") + visible(read.error().what);
  error.hint = std::move(read.error().hint);
  return Failure(std::move(error));
}

}  // namespace

Result<std::string> json_of_yaml(std::string_view text) {
  const auto library = yaml::load_library();
  if (!library) return Failure(library.error());
  return converted((*library)->json(text));
}

Result<std::string> yaml_of_json(std::string_view json) {
  const auto library = yaml::load_library();
  if (!library) return Failure(library.error());
  return converted((*library)->text(json));
}

}  // namespace dockerhub
