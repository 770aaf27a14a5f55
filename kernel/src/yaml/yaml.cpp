#include "dockerhub/yaml.hpp"

#include "base/json.hpp"
#include "config/values.hpp"
#include "yaml/yaml_library.hpp"

namespace dockerhub {
namespace {

std::string said(const yaml::Problem& problem) {
  const std::string name = problem.name.empty() ? "" : shown(problem.name) + " ";
  return name + visible(problem.what);
}

}  // namespace

namespace yaml {

Result<Node> parse(std::string_view text, std::string_view file) {
  const auto library = load_library();
  if (!library) return Failure(library.error());
  Read<Node> root = (*library)->nodes(text);
  if (root) return std::move(*root);
  const std::string place = std::string(file) + ":" + std::to_string(root.error().line) + ": ";
  return refused(place + said(root.error()), root.error().hint);
}

}  // namespace yaml

Result<std::string> json_of_yaml(std::string_view text) {
  const auto library = yaml::load_library();
  if (!library) return Failure(library.error());
  yaml::Read<std::string> json = (*library)->json(text);
  if (json) return std::move(*json);
  const std::size_t line = json.error().line;
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = (line == 0 ? "" : "line " + std::to_string(line) + ": ") + said(json.error());
  error.hint = json.error().hint;
  return Failure(std::move(error));
}

Result<std::string> yaml_of(const rapidjson::Value& value) {
  const auto library = yaml::load_library();
  if (!library) return Failure(library.error());
  return (*library)->text(value);
}

}  // namespace dockerhub
